package dev.tessera.impl.cluster.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.impl.routing.KeyedTokens;
import dev.tessera.testing.Await;
import dev.tessera.testing.HazelcastNodes;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MutableClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The simulation's commands and model on real members in this JVM, which die, leave and join while clients write. */
@Tag(Layer.CLUSTER)
@ExtendWith(VertxExtension.class)
class RealNodesTest {

    private static final int SESSIONS = 12;
    private static final int COMMANDS = 20;

    private final MutableClock clock = new MutableClock();
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final List<String> tokens = new ArrayList<>();
    private final List<SessionModel> models = new ArrayList<>();
    private int value;
    private int answered;
    private int applied;

    @Test
    void shouldLoseNothingAndApplyNothingTwice(Vertx vertx) throws Exception {
        KeyedTokens secret = new KeyedTokens(new byte[32]);
        for (int i = 0; i < SESSIONS; i++) {
            tokens.add(Long.toUnsignedString(secret.shared(("s" + i).getBytes(UTF_8))));
            models.add(new SessionModel(tokens.get(i), "s" + i));
        }
        try (HazelcastNodes nodes = new HazelcastNodes(vertx, Configuration.defaults(), 5, 7, 1, 4000)) {
            HazelcastNodes.Node dies = nodes.start(clock);
            HazelcastNodes.Node leaves = nodes.start(clock);
            HazelcastNodes.Node stays = nodes.start(clock);
            nodes.awaitSafe();
            round(stays);
            during(vertx, stays, () -> dies.hazelcast().getLifecycleService().terminate());
            nodes.awaitSafe();
            during(vertx, stays, () -> nodes.start(clock));
            nodes.awaitSafe();
            during(vertx, stays, () -> leaves.hazelcast().shutdown());
            during(vertx, stays, () -> nodes.start(clock));
            nodes.awaitSafe();
            round(nodes.node(4));
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
        System.out.printf("seed %d: %d commands answered, %d of them applied or read%n", seed, answered, applied);
        assertThat(applied).isGreaterThan(answered * 9 / 10);
    }

    private interface Happening {
        void happen() throws Exception;
    }

    /** Sends commands round by round while the nodes change. */
    private void during(Vertx vertx, HazelcastNodes.Node node, Happening happening) throws Exception {
        Future<Void> happened = vertx.executeBlocking(() -> {
            happening.happen();
            return null;
        });
        do {
            round(node);
        } while (!happened.isComplete());
        Await.result(happened);
        round(node);
    }

    /** Sends some commands on every session, all at once, and compares the answers with the models. */
    private void round(HazelcastNodes.Node node) throws Exception {
        List<String> messages = new ArrayList<>();
        List<SessionCommandOfTest> commands = new ArrayList<>();
        for (int i = 0; i < SESSIONS * COMMANDS; i++) {
            int session = i % SESSIONS;
            SessionCommandOfTest command = SessionCommandOfTest.draw(random, value++);
            commands.add(command);
            messages.add(command.text(tokens.get(session), "s" + session));
        }
        List<String> replies = Await.result(node.gateway().send(messages, 1 + random.nextInt(50)))
                .texts();
        for (int i = 0; i < replies.size(); i++) {
            models.get(i % SESSIONS).take(commands.get(i), replies.get(i));
            answered++;
            applied += replies.get(i).contains("\"st\":200,") || replies.get(i).contains("\"st\":201,") ? 0 : 1;
        }
    }
}
