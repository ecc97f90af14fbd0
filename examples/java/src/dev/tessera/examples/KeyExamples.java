package dev.tessera.examples;

import dev.tessera.client.ConflictException;
import dev.tessera.client.TesseraBatch;
import dev.tessera.client.TesseraSession;
import dev.tessera.client.VersionedValue;
import dev.tessera.client.WriteOptions;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Keys that several programs change. */
final class KeyExamples {

    private KeyExamples() {}

    // tag::compute[]
    static Future<VersionedValue> addToCart(TesseraSession session, String item) {
        return session.compute("cart", present -> {
            JsonArray cart = present == null ? new JsonArray() : present.toJsonArray();
            return cart.contains(item) ? cart : cart.add(item);
        });
    }
    // end::compute[]

    // tag::replace[]
    static Future<Boolean> rename(TesseraSession session, VersionedValue user, String name) {
        JsonObject renamed = user.value().toJsonObject().put("name", name);
        return session.replace("user", renamed, user.revision())
                .map(true)
                .recover(failure -> failure instanceof ConflictException
                        ? Future.succeededFuture(false)
                        : Future.failedFuture(failure));
    }
    // end::replace[]

    // tag::edits[]
    static Future<BigDecimal> pay(TesseraSession session, BigDecimal amount) {
        return session.append("payments", List.of(amount), new WriteOptions().setMax(100))
                .compose(length -> session.merge("account", new JsonObject().put("lastPayment", amount)))
                .compose(isNew -> session.increment("account", amount, new WriteOptions().setPath("$.total")));
    }
    // end::edits[]

    // tag::ttl[]
    static Future<Boolean> mayCall(TesseraSession session, String user) {
        WriteOptions window = new WriteOptions().setTtlNew(Duration.ofMinutes(1));
        return session.increment("calls:" + user, BigDecimal.ONE, window).map(calls -> calls.intValueExact() <= 100);
    }
    // end::ttl[]

    // tag::batch[]
    static Future<BigDecimal> order(TesseraSession session, VersionedValue cart) {
        TesseraBatch batch = session.batch().require("cart", cart.revision());
        Future<BigDecimal> stock = batch.increment("stock", BigDecimal.ONE.negate());
        batch.append("orders", List.of(cart.value()));
        batch.remove("cart");
        return batch.run().map(revision -> stock.result());
    }
    // end::batch[]

    // tag::list[]
    static Future<List<String>> users(TesseraSession session) {
        return session.listKeys("user:").collect(Collectors.toList());
    }
    // end::list[]
}
