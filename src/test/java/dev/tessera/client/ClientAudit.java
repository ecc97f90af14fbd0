package dev.tessera.client;

import io.vertx.core.Future;

/** What a client tells the tests of other packages about what is left in it when nobody waits for anything. */
public final class ClientAudit {

    private ClientAudit() {}

    /** Fails where a call is not answered. */
    public static Future<Void> checkAtRest(TesseraClient client) {
        return ((CommandClient) client).checkAtRest();
    }
}
