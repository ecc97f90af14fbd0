package dev.tessera.impl.routing;

import io.vertx.core.eventbus.DeliveryOptions;

/** The event-bus addresses that take commands from verticles and client processes, and the kinds of their messages. */
public final class CommandAddress {

    /** The address of any running server; in a cluster, the event bus selects the nodes in turn. */
    public static final String ANY = "tessera.commands";

    /** The header with the kind of a message; a message without it carries one command. */
    public static final String KIND = "tessera";
    /** The kind of a message whose body is a {@link CommandTexts} message; so is the body of its reply. */
    public static final String BATCH = "batch";
    /** The kind of an empty message; the reply's body is the address of the one node that replies. */
    public static final String WHICH = "which";

    private CommandAddress() {}

    /** Returns the address of one node of a cluster, which takes the same messages as {@link #ANY}. */
    public static String ofNode(String name) {
        return ANY + "." + name;
    }

    /** Returns the options of a message of one of the kinds. */
    public static DeliveryOptions options(String kind, long timeoutMs) {
        return new DeliveryOptions().addHeader(KIND, kind).setSendTimeout(timeoutMs);
    }
}
