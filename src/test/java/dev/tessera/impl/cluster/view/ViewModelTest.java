package dev.tessera.impl.cluster.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Layer;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The invariants of views, in schedules drawn from seeds.
 *
 * <ul>
 *   <li>linearizable: all acknowledged writes and reads of a key have an order that agrees with their times;
 *   <li>alive: when the network is calm and all nodes are awake, commands are acknowledged again, unless the data is
 *       lost.
 * </ul>
 */
@Tag(Layer.MODEL)
class ViewModelTest {

    private static final int SEEDS = 200;
    private static final int KEYS = 3;
    private static final long RUN_MS = 40_000;
    private static final long CALM_MS = 20_000;

    private int acknowledged;
    private int views;
    private int kills;
    private int lost;

    @Test
    void shouldHoldInEverySchedule() {
        long first = Long.getLong("tessera.seed", System.nanoTime());
        int seeds = Integer.getInteger("tessera.seeds", SEEDS);
        for (long seed = first; seed < first + seeds; seed++) {
            try {
                run(seed, Rules.ALL);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("with -Dtessera.seed=" + seed + " -Dtessera.seeds=1", e);
            }
        }
        System.out.printf(
                "%d schedules: %d commands acknowledged in %d views, %d nodes killed, the data lost %d times%n",
                seeds, acknowledged, views, kills, lost);
    }

    @ParameterizedTest
    @CsvSource({
        "lease, 100, false, true, true, true",
        "confirmation, 0, true, false, true, true",
        "grace, 2150, true, true, false, true",
        "whole snapshot, 0, true, true, true, false"
    })
    void shouldNotBeLinearizableWithoutARule(
            String missing, long firstSeed, boolean lease, boolean confirmation, boolean grace, boolean wholeSnapshot) {
        Rules rules = new Rules(lease, confirmation, grace, wholeSnapshot);

        assertThatThrownBy(() -> {
                    for (long seed = firstSeed; seed < firstSeed + 10 * SEEDS; seed++) {
                        run(seed, rules);
                    }
                })
                .as("schedules without the rule: " + missing)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("not linearizable");
    }

    private void run(long seed, Rules rules) {
        Random random = new Random(seed);
        ModelCluster cluster = new ModelCluster(random.nextBoolean() ? 3 : 5, random, rules);
        // A read behind a write of an old owner never leaves; only few writes show what a read alone may do.
        commands(cluster, random.nextBoolean() ? 3 : 60);
        faults(cluster);
        cluster.time.runUntil(RUN_MS);
        cluster.calmDown();
        cluster.time.runUntil(RUN_MS + CALM_MS);
        int before = cluster.history.acknowledged();
        cluster.time.runUntil(RUN_MS + CALM_MS + 2000);
        cluster.history.check();
        if (cluster.hasData()) {
            assertThat(cluster.history.acknowledged())
                    .as("acknowledged at the end by " + cluster.nodes)
                    .isGreaterThan(before);
        } else {
            lost++;
        }
        acknowledged += cluster.history.acknowledged();
        views += cluster.views;
        kills += cluster.kills;
    }

    private static void commands(ModelCluster cluster, int commandsPerWrite) {
        cluster.time.after(1 + cluster.random.nextInt(40), () -> {
            ModelNode gateway = cluster.nodes.get(cluster.random.nextInt(cluster.nodes.size()));
            int key = cluster.random.nextInt(KEYS);
            boolean write = cluster.random.nextInt(commandsPerWrite) == 0;
            long nowMs = cluster.time.nowMs();
            History.Operation operation = write ? cluster.history.write(key, nowMs) : cluster.history.read(key, nowMs);
            cluster.on(gateway.id, 1, () -> {
                Integer owner = gateway.view().owner();
                if (owner != null) {
                    forward(cluster, gateway, owner, key, write, operation);
                }
            });
            commands(cluster, commandsPerWrite);
        });
    }

    private static void forward(
            ModelCluster cluster, ModelNode gateway, int owner, int key, boolean write, History.Operation operation) {
        LongConsumer reply = value ->
                answer(cluster, owner, gateway.id, () -> cluster.history.end(operation, value, cluster.time.nowMs()));
        Consumer<ModelNode> request = node -> {
            if (write) {
                node.write(key, History.value(operation), reply);
            } else {
                node.read(key, reply);
            }
        };
        if (owner == gateway.id) {
            request.accept(gateway);
        } else {
            cluster.send(gateway.id, owner, request);
        }
    }

    private static void answer(ModelCluster cluster, int owner, int gateway, Runnable end) {
        if (owner == gateway) {
            end.run();
        } else {
            cluster.send(owner, gateway, node -> end.run());
        }
    }

    private static void faults(ModelCluster cluster) {
        cluster.time.after(500 + cluster.random.nextInt(4000), () -> {
            long ms = 300L + cluster.random.nextInt(7000);
            int place = cluster.random.nextInt(cluster.nodes.size());
            switch (cluster.random.nextInt(5)) {
                case 0 -> cluster.kill(place);
                case 1, 2 -> cluster.freeze(place, ms);
                default -> cluster.cut(ms);
            }
            if (cluster.time.nowMs() < RUN_MS - 8000) {
                faults(cluster);
            }
        });
    }
}
