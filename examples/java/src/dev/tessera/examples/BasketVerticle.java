package dev.tessera.examples;

import dev.tessera.client.SessionOptions;
import dev.tessera.client.TesseraClient;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.time.Duration;

// tag::verticle[]
/** Creates a basket for every request to "baskets.new". A basket expires ten minutes after its last use. */
public final class BasketVerticle extends VerticleBase {

    private static final SessionOptions BASKET =
            new SessionOptions().setDuration(Duration.ofMinutes(10)).setDeleteSession(true);

    private TesseraClient tessera;

    @Override
    public Future<?> start() {
        tessera = TesseraClient.create(vertx);
        return vertx.eventBus()
                .<String>consumer("baskets.new", this::onCustomer)
                .completion();
    }

    private void onCustomer(Message<String> customer) {
        tessera.newSession("basket", BASKET)
                .compose(basket -> basket.set("customer", customer.body())
                        .map(isNew -> basket.token().toString()))
                .onSuccess(customer::reply)
                .onFailure(failure -> customer.fail(500, failure.getMessage()));
    }
}
// end::verticle[]
