package dev.tessera.impl.cluster.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.impl.cluster.commit.CommitLimits;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.routing.BatchBus;
import dev.tessera.impl.routing.KeyedTokens;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.server.ServerOptions;
import dev.tessera.impl.server.TesseraCommands;
import dev.tessera.testing.Layer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The invariants that hold whatever the network and the nodes do, if one node dies at a time.
 *
 * <ul>
 *   <li>no lost acknowledgement: every later command sees an acknowledged change;
 *   <li>no command is applied twice: every answer is that of a command that ran once;
 *   <li>order per token: the answers match the order in which the commands were sent;
 *   <li>one answer for each command, within the bound; a read is never answered 201;
 *   <li>a session expires after its duration without use, neither earlier nor much later, whatever the clocks of the
 *       nodes show;
 *   <li>owner and copy are the same in the end.
 * </ul>
 */
@Tag(Layer.MODEL)
@ExtendWith(VertxExtension.class)
class ClusterSimulationTest {

    private static final int SEEDS = 100;
    private static final int PARTITIONS = 4;
    private static final int GATEWAYS = 2;
    private static final int CLIENTS = 8;
    private static final int EXPIRING = 4;
    private static final long PATIENCE_MS = 2_000;
    private static final long RUN_MS = 20_000;
    private static final long CALM_MS = 20_000;

    private static int answered;
    private static int applied;
    private static int deaths;
    private static int moves;
    private static int staleCopies;
    private static int ends;

    @Test
    void shouldHoldInEverySchedule(Vertx vertx) {
        BatchBus unused = new BatchBus(vertx.eventBus());
        long first = Long.getLong("tessera.seed", System.nanoTime());
        int seeds = Integer.getInteger("tessera.seeds", SEEDS);
        for (long seed = first; seed < first + seeds; seed++) {
            try {
                run(seed, unused);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("with -Dtessera.seed=" + seed + " -Dtessera.seeds=1", e);
            }
        }
        System.out.printf(
                "%d schedules from seed %d: %d commands answered, %d of them applied or read; %d deaths, %d "
                        + "moves, %d changes"
                        + " refused by stale copies, %d sessions over%n",
                seeds, first, answered, applied, deaths, moves, staleCopies, ends);
        assertThat(applied).isGreaterThan(answered / 2);
    }

    private static void run(long seed, BatchBus unused) {
        Random random = new Random(seed);
        SimulatedTime time = new SimulatedTime();
        Weather weather = new Weather(random);
        Commands commands = TesseraCommands.of(ServerOptions.commands(Configuration.defaults()));
        StoreMap stores = new StoreMap(PARTITIONS, PARTITIONS);
        byte[] secret = new byte[32];
        SimulatedCluster cluster = new SimulatedCluster(time, random, weather, commands, stores, 2 * PATIENCE_MS);
        List<SimulatedGateway> gateways = new ArrayList<>();
        CommitLimits limits = new CommitLimits(1 + random.nextInt(16), 1 + random.nextInt(1000), PATIENCE_MS, 50);
        for (int i = 0; i < GATEWAYS; i++) {
            gateways.add(new SimulatedGateway(time, random, cluster, commands, stores, secret, limits, unused));
        }
        List<SimulatedClient> clients = new ArrayList<>();
        KeyedTokens tokens = new KeyedTokens(secret);
        for (int i = 0; i < CLIENTS; i++) {
            String name = "s" + i;
            clients.add(new SimulatedClient(
                    random,
                    gateways.get(i % GATEWAYS),
                    Long.toUnsignedString(tokens.shared(name.getBytes(UTF_8))),
                    name));
        }
        List<ExpiringSession> expiring = new ArrayList<>();
        for (int i = 0; i < EXPIRING; i++) {
            String name = "e" + i;
            expiring.add(new ExpiringSession(
                    time,
                    random,
                    gateways.get(i % GATEWAYS),
                    Long.toUnsignedString(tokens.shared(name.getBytes(UTF_8))),
                    name));
        }
        boolean[] over = new boolean[1];
        time.every(20, () -> {
            if (!over[0]) {
                clients.forEach(SimulatedClient::act);
            }
            gateways.forEach(SimulatedGateway::flush);
        });
        fate(random, time, cluster, over);
        time.runUntil(RUN_MS);
        over[0] = true;
        expiring.forEach(ExpiringSession::stop);
        weather.clearUp();
        time.runUntil(RUN_MS + CALM_MS / 2);
        cluster.heal();
        time.runUntil(RUN_MS + CALM_MS);
        expiring.forEach(session -> ends += session.ends);
        check(time, cluster, gateways, clients);
        gateways.forEach(SimulatedGateway::close);
    }

    private static void fate(Random random, SimulatedTime time, SimulatedCluster cluster, boolean[] over) {
        time.after(random.nextInt(2000), () -> {
            if (!over[0]) {
                if (random.nextBoolean()) {
                    cluster.killOne();
                } else {
                    cluster.moveOne();
                }
                fate(random, time, cluster, over);
            }
        });
    }

    private static void check(
            SimulatedTime time,
            SimulatedCluster cluster,
            List<SimulatedGateway> gateways,
            List<SimulatedClient> clients) {
        cluster.checkAtRest();
        int sessions = 0;
        int keys = 0;
        boolean known = true;
        for (SimulatedClient client : clients) {
            Integer count = client.model.keysIfKnown();
            known &= count != null;
            sessions += known && count >= 0 ? 1 : 0;
            keys += known && count >= 0 ? count : 0;
            answered += client.answered;
            applied += client.applied;
        }
        AtomicReference<String> total = new AtomicReference<>();
        gateways.get(0).submit("{\"SH_INFO_ALL\":{}}", total::set);
        gateways.get(0).flush();
        time.runUntil(time.nowMs() + PATIENCE_MS);
        if (known) {
            assertThat(total.get()).isEqualTo("""
                            {"SH_INFO_ALL_RSP":{"st":1,"totalSessions":%s,"totalKeys":%s}}""".formatted(sessions, keys));
        }
        gateways.forEach(SimulatedGateway::checkAtRest);
        deaths += cluster.deaths;
        moves += cluster.moves;
        staleCopies += cluster.staleCopies;
    }
}
