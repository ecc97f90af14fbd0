package dev.tessera.impl.routing;

import io.vertx.core.eventbus.DeliveryOptions;

/**
 * The event-bus addresses to which commands are sent from outside a server's connections, and what its messages may be.
 */
public final class CommandAddress {

    /** Where any server that runs takes a command; in a cluster, each node in turn. */
    public static final String ANY = "tessera.commands";

    /**
     * The header that tells that the body is something else than one command; see {@link #BATCH} and {@link #WHICH}.
     */
    public static final String KIND = "tessera";
    /** The body is a message of {@link CommandTexts}, and so will be the reply's. */
    public static final String BATCH = "batch";
    /** The body is empty; the reply's is the address of the one node that replies. */
    public static final String WHICH = "which";

    private CommandAddress() {}

    /** Where one node of a cluster takes commands, as {@link #ANY}. */
    public static String ofNode(String name) {
        return ANY + "." + name;
    }

    /** Options of a message of one of the kinds. */
    public static DeliveryOptions options(String kind, long timeoutMs) {
        return new DeliveryOptions().addHeader(KIND, kind).setSendTimeout(timeoutMs);
    }
}
