package dev.tessera.dependents;

import dev.tessera.client.SessionOptions;
import dev.tessera.client.TesseraClient;
import dev.tessera.client.TesseraSession;
import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.server.TesseraServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that embeds a server: stores a value, searches for it with a regular expression, and prints the names of
 * the keys found.
 */
final class ServerProgram {

    private static final int SECONDS_MAX = 60;

    private ServerProgram() {}

    public static void main(String[] args) throws Exception {
        Configuration configuration = Configuration.defaults()
                .with(Settings.PORT, 0)
                .with(Settings.MANAGEMENT_PORT, 0)
                .with(Settings.EVENT_LOOPS, 1);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(TesseraServer.eventLoops(configuration)));
        TesseraServer.start(vertx, configuration)
                .compose(server -> TesseraClient.create(vertx)
                        .newSession("basket", new SessionOptions())
                        .compose(ServerProgram::storeAndFind)
                        .onSuccess(System.out::println)
                        .eventually(server::drain))
                .toCompletionStage()
                .toCompletableFuture()
                .get(SECONDS_MAX, TimeUnit.SECONDS);
        vertx.close();
    }

    private static Future<List<String>> storeAndFind(TesseraSession session) {
        return session.set("user", new JsonObject().put("name", "Ada"))
                .compose(isNew -> session.findKeys("$[?match(@, 'A.a')]"));
    }
}
