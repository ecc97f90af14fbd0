package dev.tessera.examples;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;

/** The event-bus address for commands. */
final class CommandsExample {

    private CommandsExample() {}

    // tag::request[]
    static Future<String> newBasket(Vertx vertx) {
        String request = """
                {"SH_NEW":{"name":"basket"}}""";
        return vertx.eventBus()
                .<String>request("tessera.commands", request, new DeliveryOptions().setSendTimeout(8_000))
                .map(reply -> reply.body());
    }
    // end::request[]
}
