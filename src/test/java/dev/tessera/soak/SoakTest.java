package dev.tessera.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Await;
import dev.tessera.testing.Layer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * All commands from many clients over all transports at once. The test prints its seed;
 * {@code -Dtessera.soak.seed=<seed>} draws the same commands again, and {@code -Dtessera.soak.commands=<n>} sets their
 * number.
 */
@Tag(Layer.SOAK)
@ExtendWith(VertxExtension.class)
class SoakTest {

    private final long seed = Long.getLong("tessera.soak.seed", new Random().nextLong());
    /** Commands of the slowest clients in each round; see {@link Transport#speed}. */
    private final int commands = Integer.getInteger("tessera.soak.commands", 80);

    @Test
    void shouldAnswerAsTheModelOverAllTransports(Vertx vertx) throws Exception {
        soak(vertx, true, 3, 5);
    }

    @Test
    void shouldAnswerAsTheModelWithoutSessions(Vertx vertx) throws Exception {
        soak(vertx, false, 2, 2);
    }

    private void soak(Vertx vertx, boolean withSessions, int each, int rounds) throws Exception {
        System.out.println("Soak " + (withSessions ? "with" : "without") + " sessions: -Dtessera.soak.seed=" + seed);
        Vertx clients = Soak.vertxOfClients();
        try (LeakWatch leaks = new LeakWatch(clients)) {
            try (Soak soak = new Soak(seed, withSessions, vertx, clients, each)) {
                for (int round = 0; round < rounds; round++) {
                    soak.round(commands);
                }
                soak.leave();
                System.out.println(soak.compared() + " answers matched the model");
            } finally {
                Await.result(clients.close());
                // Close before the extension does, because buffers of an open Vert.x are not garbage and a leak would
                // stay hidden.
                Await.result(vertx.close());
            }
            assertThat(leaks.leaks())
                    .as("buffers that were not released; seed %d", seed)
                    .isEmpty();
        }
    }
}
