package dev.tessera.impl.gateway.http;

import dev.tessera.impl.json.JsonException;
import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.protocol.Fault;

/** Checks bodies alone before they become parts of commands. Thread: the event loop of the gateway. */
final class JsonBody {

    /** Lets bodies that are too deep pass the check, so that the decoder refuses them as it refuses commands. */
    private static final int DEPTH_MARGIN = 8;

    private final JsonScanner scanner;

    JsonBody(int depthMax) {
        this.scanner = new JsonScanner(depthMax + DEPTH_MARGIN);
    }

    /** Returns whether a body is JSON; answers the exchange if it is not. */
    boolean check(HttpExchange exchange, byte[] body) {
        scanner.reset(body, 0, body.length);
        try {
            scanner.skipValue();
            scanner.expectEnd();
            return true;
        } catch (JsonException e) {
            Fault fault = CommandsEndpoint.notJson(body, e);
            exchange.refuse(HttpStatus.BAD_REQUEST, fault.status(), fault.message());
            return false;
        }
    }
}
