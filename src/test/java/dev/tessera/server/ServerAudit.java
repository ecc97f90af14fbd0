package dev.tessera.server;

import io.vertx.core.Future;

/** Checks of a server without work, for the tests of other packages. */
public final class ServerAudit {

    private ServerAudit() {}

    /** Fails if a store contradicts itself, or a gateway owes a reply. */
    public static Future<Void> checkAtRest(TesseraServer server) {
        return server.checkAtRest();
    }

    /** Returns how many connections the server counts. */
    public static int connections(TesseraServer server) {
        return server.connections();
    }
}
