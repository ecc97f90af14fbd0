package dev.tessera.examples;

import dev.tessera.client.JsonText;
import dev.tessera.client.SessionOptions;
import dev.tessera.client.TesseraClient;
import dev.tessera.client.TesseraException;
import dev.tessera.client.TesseraSession;
import dev.tessera.protocol.Status;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Typical calls of a client. */
final class ClientExamples {

    private ClientExamples() {}

    // tag::first[]
    static Future<List<String>> firstSession(TesseraClient tessera) {
        return tessera.newSession("first")
                .compose(session -> session.set(Map.of("visits", 1))
                        .compose(statuses -> session.add("theme", "dark"))
                        .compose(added -> session.keys()));
    }
    // end::first[]

    // tag::lobby[]
    static Future<TesseraSession> lobby(TesseraClient tessera) {
        return tessera.openOrCreate("lobby", new SessionOptions().setDuration(Duration.ofHours(1)));
    }
    // end::lobby[]

    // tag::keys[]
    static Future<String> nameOfUser(TesseraSession session) {
        return session.set("user", new JsonObject().put("name", "Ada"))
                .compose(isNew -> session.get("user"))
                .map(user -> user.toJsonObject().getString("name"));
    }
    // end::keys[]

    // tag::digits[]
    static Future<String> allDigits(TesseraSession session) {
        return session.set("pi", JsonText.of("3.14159265358979323846264338327950288"))
                .compose(isNew -> session.get("pi"))
                .map(JsonText::toString);
    }
    // end::digits[]

    // tag::failures[]
    static Future<Boolean> hasLobby(TesseraClient tessera) {
        return tessera.openSession("lobby")
                .map(true)
                .recover(failure ->
                        failure instanceof TesseraException refused && refused.status() == Status.SESSION_OPEN_FAIL
                                ? Future.succeededFuture(false)
                                : Future.failedFuture(failure));
    }
    // end::failures[]

    // tag::save[]
    static Future<Long> backUp(TesseraClient tessera) {
        return tessera.save("nightly").map(Duration::toMillis);
    }
    // end::save[]

    // tag::execute[]
    static Future<String> countOf(TesseraSession session, TesseraClient tessera) {
        return tessera.execute("""
                {"KV_COUNT":{"tkn":%s}}""".formatted(session.token()));
    }
    // end::execute[]
}
