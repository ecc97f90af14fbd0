package dev.tessera.impl.command;

import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.protocol.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a fault of what goes wrong while an answer is written. */
public final class AnswerGuard {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerGuard.class);

    private AnswerGuard() {}

    /**
     * Lets an answer be written within its bound.
     *
     * @return the fault that is to be answered in place of all that was written, or null
     */
    public static Fault write(Request request, JsonWriter out, Answer answer, int bytesMax, Runnable writing) {
        out.limit(bytesMax);
        try {
            writing.run();
            return null;
        } catch (JsonWriter.TooLarge e) {
            return new Fault(
                    Status.LIMIT_EXCEEDED,
                    "the answer would be larger than " + bytesMax + " bytes; ask for less at a time");
        } catch (RuntimeException | Error e) {
            // An Error as well, such as a stack or heap that did not suffice: the other requests of the batch must get
            // their replies.
            LOG.error(
                    "{} failed; this is a fault of the server, please report it",
                    request.command().name(),
                    e);
            return Fault.INTERNAL;
        } finally {
            out.limit(Integer.MAX_VALUE);
        }
    }

    /** Writes an answer that was left for later, or the fault that came of it. Thread: any but an event loop. */
    public static byte[] writeLater(Answer.Later later, Request request, int bytesMax) {
        JsonWriter out = new JsonWriter();
        Answer answer = new Answer(out);
        Fault fault = write(request, out, answer, bytesMax, () -> later.write(answer));
        if (fault != null) {
            answer.restart().fault(request, fault);
        }
        return out.take(0);
    }
}
