package dev.tessera.impl.routing;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.IllFormedTextException;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Utf8;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.protocol.Status;
import java.util.Objects;

/**
 * The one way of commands into the server: decodes a text, submits the request to a dispatcher, or writes the refusal.
 * All connections of a gateway share one intake; so do all senders of an event-bus address and all calls of a client.
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
     * Creates the intake of one dispatcher.
     *
     * @param decoder used by this intake alone
     * @param dispatcher opened, flushed and closed by the caller
     * @param payloadBytesMax the largest text that {@link #submit} decodes
     */
    public CommandIntake(RequestDecoder decoder, Dispatcher dispatcher, int payloadBytesMax) {
        this.decoder = decoder;
        this.dispatcher = dispatcher;
        this.payloadBytesMax = payloadBytesMax;
    }

    /**
     * Encodes the text of a command. A string with a lone surrogate has no UTF-8; it becomes ill-formed bytes, and the
     * decoder refuses them.
     */
    public static byte[] utf8(String command) {
        byte[] text = Utf8.encode(command);
        return text == null ? ILL_FORMED.clone() : text;
    }

    /** Returns the decoder, for callers that treat ill-formed text in a way of their own. */
    public RequestDecoder decoder() {
        return decoder;
    }

    /** Returns the dispatcher, which takes requests without a fault. */
    public Dispatcher dispatcher() {
        return dispatcher;
    }

    /** Decodes a command; ill-formed text becomes a request with a fault. The array belongs to the request then. */
    public Request decode(byte[] text, int from, int to) {
        try {
            return decoder.decode(text, from, to);
        } catch (IllFormedTextException e) {
            return Request.unnamed(new Fault(Status.JSON_INVALID, Objects.requireNonNull(e.getMessage())));
        }
    }

    /**
     * Decodes and submits one command. The array belongs to the intake from now on. The sink gets exactly one reply; a
     * refusal comes during this call.
     *
     * @param slot handed back with the reply
     */
    public void submit(byte[] text, ReplySink sink, long slot) {
        Request request = decodeWithinLimit(text);
        if (request.fault() == null) {
            dispatcher.submit(request, sink, slot);
        } else {
            reply(refusal(request), sink, slot);
        }
    }

    /** Replies with a refusal to a message that is not decoded. */
    public void refuse(Status status, String message, ReplySink sink, long slot) {
        reply(refusal(status, message), sink, slot);
    }

    /** Replies with a fault to a command that its sender may repeat after other commands are answered. */
    public void refuseForNow(byte[] text, Fault fault, ReplySink sink, long slot) {
        Request request = decodeWithinLimit(text);
        reply(request.fault() == null ? refusal(request, fault) : refusal(request), sink, slot);
    }

    /** Counts a request with a fault as refused, and returns its whole answer. */
    public byte[] refusal(Request request) {
        return refusal(request, Objects.requireNonNull(request.fault()));
    }

    /** Counts a request as refused with a fault of the gateway, and returns its whole answer. */
    public byte[] refusal(Request request, Fault fault) {
        byte[] refusal = fault(request, fault);
        dispatcher.refused(request, fault, refusal.length);
        return refusal;
    }

    /** Counts a message in which no command was found, and returns its whole answer. */
    public byte[] refusal(Status status, String message) {
        return refusal(Request.unnamed(new Fault(status, message)));
    }

    /** Returns the whole answer that reports a fault of a request that was already submitted and counted. */
    public byte[] fault(Request request, Fault fault) {
        answer.fault(request, fault);
        return out.take(CAPACITY_KEPT_BYTES);
    }

    private Request decodeWithinLimit(byte[] text) {
        if (text.length > payloadBytesMax) {
            return Request.unnamed(new Fault(Status.VALUE_SIZE, Messages.messageTooLarge(payloadBytesMax)));
        }
        return decode(text, 0, text.length);
    }

    private static void reply(byte[] bytes, ReplySink sink, long slot) {
        sink.reply(slot, bytes, 0, bytes.length);
        sink.repliesEnd();
    }
}
