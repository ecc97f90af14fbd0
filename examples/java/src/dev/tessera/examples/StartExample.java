package dev.tessera.examples;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.server.TesseraServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** A program that has the server and its own verticles in one Vert.x. */
final class StartExample {

    private StartExample() {}

    static Configuration configuration() {
        return Configuration.defaults().with(Settings.EVENTS_ENABLED, true);
    }

    // tag::start[]
    static Vertx vertx(Configuration configuration) {
        return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(TesseraServer.eventLoops(configuration)));
    }

    static Future<TesseraServer> start(Vertx vertx, Configuration configuration) {
        return TesseraServer.start(vertx, configuration)
                .compose(server -> vertx.deployVerticle(new BasketVerticle()).map(server));
    }
    // end::start[]
}
