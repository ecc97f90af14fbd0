package dev.tessera.dependents;

import dev.tessera.client.SessionOptions;
import dev.tessera.client.TesseraClient;
import dev.tessera.client.TesseraException;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/** A program with a client and no server: prints the status with which a command fails. */
final class ClientProgram {

    private static final int SECONDS_MAX = 30;

    private ClientProgram() {}

    public static void main(String[] args) throws Exception {
        Vertx vertx = Vertx.vertx();
        TesseraClient.create(vertx)
                .newSession("basket", new SessionOptions().setShared(true))
                .map(session -> "a session without a server: " + session)
                .otherwise(failure -> failure instanceof TesseraException refused
                        ? refused.status().toString()
                        : failure.toString())
                .onSuccess(System.out::println)
                .toCompletionStage()
                .toCompletableFuture()
                .get(SECONDS_MAX, TimeUnit.SECONDS);
        vertx.close();
    }
}
