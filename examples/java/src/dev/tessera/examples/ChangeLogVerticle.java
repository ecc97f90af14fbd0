package dev.tessera.examples;

import dev.tessera.client.SessionEvent;
import dev.tessera.client.SessionToken;
import dev.tessera.client.TesseraEvents;
import dev.tessera.event.EventKind;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;

// tag::verticle[]
/** Writes down what happens to one session until it ends. */
public final class ChangeLogVerticle extends VerticleBase {

    private final SessionToken token;
    private final Consumer<String> log;
    private MessageConsumer<Buffer> consumer;

    public ChangeLogVerticle(SessionToken token, Consumer<String> log) {
        this.token = token;
        this.log = log;
    }

    @Override
    public Future<?> start() {
        consumer = TesseraEvents.consumer(vertx, token, this::onEvent);
        return consumer.completion();
    }

    private void onEvent(SessionEvent event) {
        log.accept(event.kind() + " " + event.keys());
        if (event.kind() == EventKind.END) {
            consumer.unregister();
        }
    }
}
// end::verticle[]
