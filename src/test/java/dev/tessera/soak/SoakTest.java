package dev.tessera.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Await;
import io.vertx.core.Vertx;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * All commands from many clients over all transports at once. The seed is printed; {@code -Dtessera.soak.seed=<seed>} draws the same
 * commands again, and {@code -Dtessera.soak.commands=<n>} more of them or fewer.
 */
class SoakTest {

  private final long seed = Long.getLong("tessera.soak.seed", new Random().nextLong());
  /** Of the slowest clients in every round; see {@link Transport#speed}. */
  private final int commands = Integer.getInteger("tessera.soak.commands", 250);

  @Test
  void shouldAnswerAsTheModelOverAllTransports() throws Exception {
    soak(true, 3, 5);
  }

  @Test
  void shouldAnswerAsTheModelWithoutSessions() throws Exception {
    soak(false, 2, 2);
  }

  private void soak(boolean withSessions, int each, int rounds) throws Exception {
    System.out.println("Soak " + (withSessions ? "with" : "without") + " sessions: -Dtessera.soak.seed=" + seed);
    Vertx clients = Soak.vertxOfClients();
    try (LeakWatch leaks = new LeakWatch(clients)) {
      try (Soak soak = new Soak(seed, withSessions, clients, each)) {
        for (int round = 0; round < rounds; round++) {
          soak.round(commands);
        }
        soak.leave();
        System.out.println(soak.compared() + " answers were as the model's");
      } finally {
        Await.result(clients.close());
      }
      assertThat(leaks.leaks()).as("buffers that were not released; seed %d", seed).isEmpty();
    }
  }
}
