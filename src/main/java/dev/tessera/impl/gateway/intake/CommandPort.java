package dev.tessera.impl.gateway.intake;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.Dispatcher;
import dev.tessera.protocol.Status;

/**
 * What the connections of one gateway share: decoder, dispatcher and the making of refusals. Thread: the gateway's
 * event loop.
 */
public final class CommandPort {

    private static final int CAPACITY_KEPT_BYTES = 4096;

    private final RequestDecoder decoder;
    private final Dispatcher dispatcher;
    private final JsonWriter out = new JsonWriter();
    private final Answer answer = new Answer(out);

    /** The port of one gateway. */
    public CommandPort(RequestDecoder decoder, Dispatcher dispatcher) {
        this.decoder = decoder;
        this.dispatcher = dispatcher;
    }

    /** Makes requests of messages. */
    public RequestDecoder decoder() {
        return decoder;
    }

    /** Takes requests to the stores. */
    public Dispatcher dispatcher() {
        return dispatcher;
    }

    /** The whole answer to a request that is refused. */
    public byte[] refusal(Request request) {
        byte[] refusal = fault(request, request.fault());
        dispatcher.refused(request, request.fault(), refusal.length);
        return refusal;
    }

    /** The whole answer to a message in which no command was found. */
    public byte[] refusal(Status status, String message) {
        return refusal(Request.unnamed(new Fault(status, message)));
    }

    /** As an answer, what is wrong with a request that was submitted. */
    public byte[] fault(Request request, Fault fault) {
        answer.fault(request, fault);
        return out.take(CAPACITY_KEPT_BYTES);
    }
}
