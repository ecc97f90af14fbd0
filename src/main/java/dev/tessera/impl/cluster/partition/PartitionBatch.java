package dev.tessera.impl.cluster.partition;

import dev.tessera.impl.command.IllFormedTextException;
import dev.tessera.impl.command.InternalCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.impl.command.transfer.ExportCommand;
import dev.tessera.impl.command.transfer.ImportCommand;
import dev.tessera.impl.json.Slice;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A batch of requests of one dispatcher for one partition, numbered by the dispatcher. On the dispatcher's node it
 * holds the requests themselves; on another node it holds their texts, and decodes them once more:
 *
 * <pre>
 *   version int8 | partition int32 | dispatcher 2 x int64 | number int64 | fence int8
 *   | count int32 | bytes of texts int32
 *   | count times: internal int8 | client int64 | its origin int64 | token int64 | length of text int32
 *                  | partitions + 1 int32, 0 for none | each partition int32
 *   | texts
 * </pre>
 *
 * <p>Internal is 0 for a command of a client. Otherwise it is the number of an internal command, and the text is its
 * argument.
 */
public final class PartitionBatch {

    private static final byte VERSION = 3;
    /** The internal commands. Their places are part of the wire format and never change. */
    private static final List<InternalCommand> INTERNAL = List.of(ExportCommand.INSTANCE, ImportCommand.INSTANCE);

    private final int partition;
    private final DispatcherId dispatcher;
    private final long number;
    private final boolean fence;
    /** The number of each request's client on the node of the dispatcher. */
    private long[] clients;
    /** The origin of each request's client. */
    private long[] origins;
    /** Null if they come from another node and are not decoded yet. */
    private Request @Nullable [] requests;

    /** The encoded requests of another node; empty on the dispatcher's node. */
    private byte[] texts = {};

    private byte[] internal = {};
    private int[] lengths = {};
    private long[] tokens = {};
    private int[] @Nullable [] partitions = {};

    /**
     * Creates a batch of this node.
     *
     * @param number counts up from batch to batch of the dispatcher for this partition
     * @param fence whether the dispatcher gave up the batch before this one, which must not be applied after this one
     * @param clients the number of each request's client on this node
     * @param origins the origin of each request's client
     */
    public PartitionBatch(
            int partition,
            DispatcherId dispatcher,
            long number,
            boolean fence,
            Request @Nullable [] requests,
            long[] clients,
            long[] origins) {
        this.partition = partition;
        this.dispatcher = dispatcher;
        this.number = number;
        this.fence = fence;
        this.requests = requests;
        this.clients = clients;
        this.origins = origins;
    }

    /** Returns the number of the partition. */
    public int partition() {
        return partition;
    }

    /** Returns the dispatcher that sent the batch. */
    public DispatcherId dispatcher() {
        return dispatcher;
    }

    /** Returns the number among the batches of that dispatcher for this partition. */
    public long number() {
        return number;
    }

    /** Returns whether no earlier batch of the dispatcher may be applied after this one. */
    public boolean fence() {
        return fence;
    }

    /** Returns the client of the request at this index. */
    ClientId client(int index) {
        return new ClientId(dispatcher, clients[index], origins[index]);
    }

    /** Returns the requests, and decodes them if necessary. */
    Request[] requests(RequestDecoder decoder) {
        if (requests == null) {
            Request[] decoded = new Request[lengths.length];
            int from = 0;
            for (int i = 0; i < decoded.length; i++) {
                decoded[i] = decode(decoder, i, from);
                from += lengths[i];
            }
            requests = decoded;
        }
        return requests;
    }

    private Request decode(RequestDecoder decoder, int index, int from) {
        if (internal[index] != 0) {
            return Request.internal(
                    INTERNAL.get(internal[index] - 1),
                    partitions[index][0],
                    Arrays.copyOfRange(texts, from, from + lengths[index]));
        }
        try {
            Request request = decoder.decode(texts, from, from + lengths[index]);
            if (request.fault() == null) {
                request.assignToken(tokens[index]);
                request.assignPartitions(partitions[index]);
            }
            return request;
        } catch (IllFormedTextException e) {
            throw new IllegalStateException("a request that another node accepted is ill-formed", e);
        }
    }

    /** Writes a batch of this node. */
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeInt(partition);
        dispatcher.write(out);
        out.writeLong(number);
        out.writeBoolean(fence);
        Request[] own = Objects.requireNonNull(requests, "a batch of another node");
        int bytes = 0;
        for (Request request : own) {
            bytes += request.textLength();
        }
        out.writeInt(own.length);
        out.writeInt(bytes);
        for (int index = 0; index < own.length; index++) {
            Request request = own[index];
            out.writeByte(INTERNAL.indexOf(request.command()) + 1);
            out.writeLong(clients[index]);
            out.writeLong(origins[index]);
            out.writeLong(request.token());
            out.writeInt(request.textLength());
            int[] concerned = request.partitions();
            out.writeInt(concerned == null ? 0 : concerned.length + 1);
            for (int i = 0; concerned != null && i < concerned.length; i++) {
                out.writeInt(concerned[i]);
            }
        }
        for (Request request : own) {
            Slice text = request.text();
            out.write(text.array(), text.from(), text.length());
        }
    }

    /** Reads a batch of another node. */
    public static PartitionBatch read(DataInput in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException("a batch of version " + version + "; all nodes must run the same version");
        }
        PartitionBatch batch = new PartitionBatch(
                in.readInt(), DispatcherId.read(in), in.readLong(), in.readBoolean(), null, new long[0], new long[0]);
        int count = in.readInt();
        batch.texts = new byte[in.readInt()];
        batch.internal = new byte[count];
        batch.clients = new long[count];
        batch.origins = new long[count];
        batch.tokens = new long[count];
        batch.lengths = new int[count];
        batch.partitions = new int[count][];
        for (int i = 0; i < count; i++) {
            batch.internal[i] = in.readByte();
            batch.clients[i] = in.readLong();
            batch.origins[i] = in.readLong();
            batch.tokens[i] = in.readLong();
            batch.lengths[i] = in.readInt();
            int concerned = in.readInt();
            if (concerned > 0) {
                batch.partitions[i] = new int[concerned - 1];
                for (int j = 0; j < concerned - 1; j++) {
                    batch.partitions[i][j] = in.readInt();
                }
            }
        }
        in.readFully(batch.texts);
        return batch;
    }
}
