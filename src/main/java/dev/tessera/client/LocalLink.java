package dev.tessera.client;

import dev.tessera.impl.routing.CommandIntake;
import dev.tessera.impl.routing.Dispatcher;
import dev.tessera.impl.routing.LocalStores;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** The link to a server in the same Vert.x. It sends directly to the stores, in one batch for each. */
final class LocalLink implements ServerLink {

    private final Dispatcher dispatcher;
    private final CommandIntake intake;

    /**
     * Creates a link that is not open yet.
     *
     * @param replyAddress its own address on the event bus
     */
    LocalLink(Vertx vertx, LocalStores stores, String replyAddress) {
        dispatcher = stores.dispatcher(vertx, replyAddress);
        intake = stores.intake(dispatcher);
    }

    @Override
    public Future<Void> open() {
        return dispatcher.open();
    }

    @Override
    public void submit(Call<?> call) {
        intake.submit(call.text(), call, 0);
    }

    @Override
    public void flush() {
        dispatcher.flush();
    }

    @Override
    public Future<Void> close() {
        return dispatcher.close();
    }

    @Override
    public void checkAtRest() {
        dispatcher.checkAtRest();
    }
}
