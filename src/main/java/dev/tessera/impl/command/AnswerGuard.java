package dev.tessera.impl.command;

import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.log.LimitedLog;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns exceptions of the code that writes an answer into faults. */
public final class AnswerGuard {

    private static final LimitedLog FAILED =
            LimitedLog.error(AnswerGuard.class, "{} failed; this is a fault of the server, please report it");
    private static final LimitedLog WORK_FAILED = LimitedLog.error(
            AnswerGuard.class, "A search or update failed; this is a fault of the server, please report it");

    /** The fault of a search that is refused because too many deferred searches wait. */
    public static final Fault TOO_MANY_SEARCHES = new Fault(Status.LIMIT_EXCEEDED, Messages.SEARCHES_WAITING);

    private AnswerGuard() {}

    /**
     * Executes a request and appends its answer, or the fault of its failure.
     *
     * @param answer writes to {@code out}
     * @param answerBytesMax the largest answer to a client
     * @return the rest of the command that a worker does, or null if the answer is complete
     */
    public static @Nullable Later execute(
            Request request, Partitions partitions, long nowMs, JsonWriter out, Answer answer, int answerBytesMax) {
        int mark = out.size();
        Fault fault = write(
                request,
                out,
                answer,
                request.command().replyBytesMax(answerBytesMax),
                () -> request.command().execute(request, partitions, nowMs, answer));
        answer.prepare(null);
        Later later = answer.takeLater();
        if (fault != null) {
            out.truncate(mark);
            answer.fault(request, fault);
            return null;
        }
        return later;
    }

    /**
     * Runs the code that writes one answer.
     *
     * @param bytesMax the most bytes of the answer
     * @return null, or a fault that the caller must answer in place of everything written
     */
    public static @Nullable Fault write(
            Request request, JsonWriter out, Answer answer, int bytesMax, Runnable writing) {
        out.limit(bytesMax);
        try {
            writing.run();
            return null;
        } catch (JsonWriter.TooLarge e) {
            return new Fault(Status.LIMIT_EXCEEDED, Messages.answerTooLarge(bytesMax));
        } catch (RuntimeException | Error e) {
            // Errors as well, such as a full stack or heap: the other requests of the batch must get their replies.
            FAILED.log(request.command().name(), e);
            return Fault.INTERNAL;
        } finally {
            out.limit(Integer.MAX_VALUE);
        }
    }

    /**
     * Runs the work that a request has left to a worker, because each request must get a reply. Thread: any but an
     * event loop.
     *
     * @return the outcome of the work, or the reply with its failure
     */
    public static byte @Nullable [] work(Request request, Supplier<byte @Nullable []> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            WORK_FAILED.log(e);
            return fault(request, Fault.INTERNAL);
        }
    }

    /** Returns the reply that consists of a fault. */
    public static byte[] fault(Request request, Fault fault) {
        JsonWriter out = new JsonWriter();
        new Answer(out).fault(request, fault);
        return out.take(0);
    }

    /**
     * Returns a deferred reply, or the fault that it ended in. Thread: any but an event loop.
     *
     * @param gone returns whether nobody waits for the reply any more
     */
    public static byte[] writeDeferred(Deferred deferred, Request request, int bytesMax, BooleanSupplier gone) {
        return Objects.requireNonNull(work(request, () -> write(deferred, request, bytesMax, gone)));
    }

    private static byte[] write(Deferred deferred, Request request, int bytesMax, BooleanSupplier gone) {
        JsonWriter out = new JsonWriter();
        Answer answer = new Answer(out);
        Fault fault = write(request, out, answer, bytesMax, () -> deferred.write(answer, gone));
        if (fault != null) {
            answer.restart().fault(request, fault);
        }
        return out.take(0);
    }
}
