package dev.tessera.impl.routing;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.protocol.Fault;
import java.util.function.Function;

/**
 * Replies to consecutive requests of a {@link CommandBatch}, one after the other in one array. An empty reply is
 * silence.
 *
 * @param number the number of the batch
 * @param first the index of the first request with a reply
 * @param kind the meaning of the bytes
 * @param bytes the replies; never changed after construction
 * @param ends the end of each reply; a reply begins at the end of its predecessor, the first one at 0
 */
public record ReplyBatch(long number, int first, Kind kind, byte[] bytes, int[] ends) {

    /** The kinds of replies. */
    public enum Kind {
        /** Each request gets its one reply. */
        REPLIES,
        /** The command has begun; its reply follows later. */
        BEGUN,
        /** No reply follows for some requests from the first one on; the only end is their number. */
        LOST
    }

    private static final byte[] NO_BYTES = {};

    /** Creates replies of kind {@link Kind#REPLIES}. */
    public ReplyBatch(long number, int first, byte[] bytes, int[] ends) {
        this(number, first, Kind.REPLIES, bytes, ends);
    }

    /** Returns the reply to one request. */
    public static ReplyBatch single(CommandBatch batch, int index, byte[] reply) {
        return new ReplyBatch(batch.number(), index, reply, new int[] {reply.length});
    }

    /** Returns a first answer to one request, which reports that the command has begun. */
    public static ReplyBatch begun(CommandBatch batch, int index, byte[] answer) {
        return new ReplyBatch(batch.number(), index, Kind.BEGUN, answer, new int[] {answer.length});
    }

    /** Reports that the requests from {@code first} to before {@code end} stay without a reply. Needs little memory. */
    public static ReplyBatch lost(CommandBatch batch, int first, int end) {
        return new ReplyBatch(batch.number(), first, Kind.LOST, NO_BYTES, new int[] {end - first});
    }

    /** Answers the requests from {@code first} to before {@code end} with one fault. */
    public static ReplyBatch faults(CommandBatch batch, int first, int end, Fault fault) {
        return faults(batch, first, end, request -> fault);
    }

    /** Answers the requests from {@code first} to before {@code end} with a fault each. */
    public static ReplyBatch faults(CommandBatch batch, int first, int end, Function<Request, Fault> faultOf) {
        JsonWriter out = new JsonWriter();
        Answer answer = new Answer(out);
        int[] ends = new int[end - first];
        for (int i = 0; i < ends.length; i++) {
            Request request = batch.request(first + i);
            answer.fault(request, faultOf.apply(request));
            ends[i] = out.size();
        }
        return new ReplyBatch(batch.number(), first, out.take(0), ends);
    }

    /** Returns the number of replies. */
    public int size() {
        return ends.length;
    }

    /** Returns the start of a reply. */
    public int from(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /** Returns the end of a reply. */
    public int to(int index) {
        return ends[index];
    }
}
