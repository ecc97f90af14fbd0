package dev.tessera.impl.store;

import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.IllFormedTextException;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.impl.command.kv.KvGet;
import dev.tessera.impl.command.kv.KvSet;
import dev.tessera.impl.command.parameter.EntryLimits;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.routing.BatchBus;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.CommandMetrics;
import dev.tessera.impl.routing.Dispatcher;
import dev.tessera.impl.routing.ReplySink;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.session.Expiry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A benchmark of a command without the network: decoding, routing, batching, execution, and the copy of the reply for a
 * frame. It omits the frame code, and a direct call replaces the event bus. Time and allocation ({@code -prof gc}) are
 * per command.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CommandPathBenchmark {

    private static final int BATCH = 64;
    private static final int SESSIONS = 16;
    private static final int KEYS = 1024;
    private static final int DEPTH_MAX = 512;
    private static final int PARTITIONS = 271;
    private static final int REPLY_BYTES_MAX = 1 << 20;
    private static final long NOW_MS = 1;
    private static final String VALUE = "\"" + "v".repeat(48) + "\"";

    /** The command. */
    @Param({"KV_SET", "KV_GET"})
    private String command;

    /** Whether all requests of a batch use one session, as on a connection with its own session. */
    @Param({"true", "false"})
    private boolean ownSession;

    private final JsonWriter written = new JsonWriter();
    private final Sink sink = new Sink();
    private RequestDecoder decoder;
    private Dispatcher dispatcher;
    /** The bytes of a read event, and the end of each request in them. */
    private byte[][] reads;

    private int[][] ends;
    private int next;

    /** Creates the sessions, their keys and the requests. */
    @Setup
    public void prepare() throws IllFormedTextException {
        StoreMap stores = new StoreMap(PARTITIONS, 1);
        OwnedPartitions partitions = new OwnedPartitions(stores, 0, null);
        DirectBus bus = new DirectBus();
        BatchBus batches = new BatchBus(bus.eventBus());
        BatchExecutor executor = new BatchExecutor(
                partitions, REPLY_BYTES_MAX, null, new OpenGate(batches), System::nanoTime, rest -> {});
        batches.<CommandBatch>receive(StoreMap.address(0), batch -> executor.execute(batch, NOW_MS));
        Commands commands = Commands.of(List.of(new KvSet(EntryLimits.NONE), new KvGet()), List.of());
        decoder = new RequestDecoder(commands, DEPTH_MAX);
        dispatcher = new Dispatcher(
                batches.link(), batches, "gateway", stores, null, REPLY_BYTES_MAX, new CommandMetrics(commands));
        dispatcher.open();

        var random = new SplittableRandom(1);
        long[] tokens = random.longs(SESSIONS).toArray();
        for (long token : tokens) {
            partitions.of(token).create(token, new byte[] {'s'}, false, Expiry.NEVER, NOW_MS);
        }
        command("KV_SET", tokens, false);
        for (int i = 0; i < reads.length; i++) {
            read();
        }
        command(command, tokens, ownSession);
        read();
        if (sink.bytes != (long) written.size()) {
            throw new IllegalStateException("replies were lost");
        }
    }

    private void command(String name, long[] tokens, boolean own) {
        int count = SESSIONS * KEYS / BATCH;
        reads = new byte[count][];
        ends = new int[count][BATCH];
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < BATCH; j++) {
                int session = (own ? i : i + j) % SESSIONS;
                int key = (i / SESSIONS * BATCH + j) % KEYS;
                String keyText = String.format(Locale.ROOT, "\"key:%07d\"", key);
                text.append("{\"")
                        .append(name)
                        .append("\":{\"tkn\":")
                        .append(Long.toUnsignedString(tokens[session]))
                        .append(",\"keys\":")
                        .append(name.equals("KV_GET") ? "[" + keyText + "]" : "{" + keyText + ":" + VALUE + "}")
                        .append("}}");
                ends[i][j] = text.length();
            }
            reads[i] = text.toString().getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** Measures one read event with its requests. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int read() throws IllFormedTextException {
        byte[] read = reads[next].clone();
        int[] end = ends[next];
        next = next + 1 == reads.length ? 0 : next + 1;
        written.truncate(0);
        sink.bytes = 0;
        int from = 0;
        for (int i = 0; i < BATCH; i++) {
            Request request = decoder.decode(read, from, end[i]);
            dispatcher.submit(request, sink, i);
            from = end[i];
        }
        dispatcher.flush();
        return written.size();
    }

    private final class Sink implements ReplySink {

        private long bytes;

        @Override
        public void reply(long slot, byte[] reply, int from, int to) {
            written.raw(reply, from, to);
            bytes += to - from;
        }

        @Override
        public void repliesEnd() {
            // A connection would flush here.
        }
    }
}
