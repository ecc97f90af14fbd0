package dev.tessera.impl.routing;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.IllFormedTextException;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Utf8;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.protocol.Status;

/**
 * Takes commands as text that come from within the process, not from a connection: every text gets exactly one reply,
 * be it an answer, a refusal or silence. What one caller submits for one token is applied in that order.
 *
 * <p>Thread: the dispatcher's.
 */
public final class CommandIntake {

    private static final int CAPACITY_KEPT_BYTES = 4096;
    private static final byte[] ILL_FORMED = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};

    private final RequestDecoder decoder;
    private final Dispatcher dispatcher;
    private final int payloadBytesMax;
    private final JsonWriter out = new JsonWriter();
    private final Answer answer = new Answer(out);

    /**
     * An intake of its own decoder.
     *
     * @param dispatcher opened and closed by the caller, who also flushes it
     * @param payloadBytesMax how large a command may be
     */
    public CommandIntake(RequestDecoder decoder, Dispatcher dispatcher, int payloadBytesMax) {
        this.decoder = decoder;
        this.dispatcher = dispatcher;
        this.payloadBytesMax = payloadBytesMax;
    }

    /** The text of a command; ill-formed, and so to be refused, where the string has a lone surrogate and no UTF-8. */
    public static byte[] utf8(String command) {
        byte[] text = Utf8.encode(command);
        return text == null ? ILL_FORMED.clone() : text;
    }

    /** Takes one command. Its array belongs to the intake from now on. A refusal is replied during the call. */
    public void submit(byte[] text, ReplySink sink) {
        Request request = decode(text);
        if (request.fault() == null) {
            dispatcher.submit(request, sink, 0);
        } else {
            refuse(request, request.fault(), sink);
        }
    }

    /** Replies that a command is not even looked at. */
    public void refuse(Status status, String message, ReplySink sink) {
        Fault fault = new Fault(status, message);
        refuse(Request.unnamed(fault), fault, sink);
    }

    /** Replies to a command that its sender may send again once less is under way. */
    public void refuseForNow(byte[] text, Fault fault, ReplySink sink) {
        Request request = decode(text);
        refuse(request, request.fault() == null ? fault : request.fault(), sink);
    }

    private Request decode(byte[] text) {
        if (text.length > payloadBytesMax) {
            return Request.unnamed(
                    new Fault(Status.VALUE_SIZE, "a message must not be larger than " + payloadBytesMax + " bytes"));
        }
        try {
            return decoder.decode(text, 0, text.length);
        } catch (IllFormedTextException e) {
            return Request.unnamed(new Fault(Status.JSON_INVALID, e.getMessage()));
        }
    }

    private void refuse(Request request, Fault fault, ReplySink sink) {
        answer.fault(request, fault);
        byte[] bytes = out.take(CAPACITY_KEPT_BYTES);
        dispatcher.refused(request, fault, bytes.length);
        sink.reply(0, bytes, 0, bytes.length);
        sink.repliesEnd();
    }
}
