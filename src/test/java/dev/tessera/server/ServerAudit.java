package dev.tessera.server;

import io.vertx.core.Future;

/** What a server tells the tests of other packages about what is left in it when nobody waits for anything. */
public final class ServerAudit {

    private ServerAudit() {}

    /** Fails where a store contradicts itself, or a gateway owes something. */
    public static Future<Void> checkAtRest(TesseraServer server) {
        return server.checkAtRest();
    }

    /** How many connections the server counts. */
    public static int connections(TesseraServer server) {
        return server.connections();
    }
}
