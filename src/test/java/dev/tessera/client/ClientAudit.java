package dev.tessera.client;

import io.vertx.core.Future;

/** Lets tests of other packages check that a client has no unanswered calls. */
public final class ClientAudit {

    private ClientAudit() {}

    /** Fails if a call is unanswered. */
    public static Future<Void> checkAtRest(TesseraClient client) {
        return ((CommandClient) client).checkAtRest();
    }
}
