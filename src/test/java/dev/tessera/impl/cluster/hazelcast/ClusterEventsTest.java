package dev.tessera.impl.cluster.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.event.EventAddress;
import dev.tessera.testing.HazelcastNodes;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MutableClock;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events of sessions, published by real members in this JVM. */
@Tag(Layer.CLUSTER)
@ExtendWith(VertxExtension.class)
class ClusterEventsTest {

    private static final Configuration CONFIGURATION = Configuration.defaults().with(Settings.EVENTS_ENABLED, true);
    private static final int CHANGES = 60;
    private static final int TIMEOUT_SECONDS = 30;

    private final MutableClock clock = new MutableClock();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @Test
    void shouldTellOfEveryChangeInItsOrderWhicheverNodeTookTheCommand(Vertx vertx) throws Exception {
        try (HazelcastNodes nodes = nodes(vertx)) {
            String token = session(nodes, vertx, "");

            for (int i = 0; i < CHANGES; i++) {
                set(nodes.node(i % 3), token, i);
            }
            nodes.node(1).run("""
                                    {"KV_RMV":{"tkn":%s,"keys":["k"]}}""".formatted(token), """
                                    {"SH_END":{"tkn":%s}}""".formatted(token));

            for (int i = 0; i < CHANGES; i++) {
                assertThat(next()).isEqualTo(event(token, i == 0 ? "set" : "update", "\"k\":" + i));
            }
            assertThat(next()).isEqualTo(event(token, "remove", "\"k\":null"));
            assertThat(next()).isEqualTo(event(token, "end", ""));
        }
    }

    @Test
    void shouldTellOfTheEndOfATime(Vertx vertx) throws Exception {
        try (HazelcastNodes nodes = nodes(vertx)) {
            String token = session(nodes, vertx, """
                    ,"expiry":{"duration":60,"deleteSession":true}""");

            clock.advance(Duration.ofSeconds(60));

            assertThat(next()).isEqualTo(event(token, "expire", ""));
        }
    }

    @Test
    void shouldGoOnInOrderWhenTheOwnerDies(Vertx vertx) throws Exception {
        goOn(vertx, owner -> owner.hazelcast().getLifecycleService().terminate());
    }

    @Test
    void shouldGoOnInOrderWhenTheOwnerLeaves(Vertx vertx) throws Exception {
        goOn(vertx, owner -> owner.hazelcast().shutdown());
    }

    /** Checks that no event comes twice or before one of an earlier change; some events may be missing. */
    private void goOn(Vertx vertx, Consumer<HazelcastNodes.Node> fate) throws Exception {
        try (HazelcastNodes nodes = nodes(vertx)) {
            HazelcastNodes.Node stays = nodes.node(2);
            String token;
            HazelcastNodes.Node owner;
            do {
                token = session(nodes, vertx, "");
                owner = nodes.owner(stays.partitions().stores().partitionOf(Long.parseUnsignedLong(token)));
            } while (owner.equals(stays));

            for (int i = 0; i < CHANGES; i++) {
                if (i == CHANGES / 2) {
                    fate.accept(owner);
                }
                set(stays, token, i);
            }

            List<String> told = new ArrayList<>();
            List<String> possible = new ArrayList<>();
            String last = event(token, "update", "\"k\":" + (CHANGES - 1));
            for (String event = next(); !event.equals(last); event = next()) {
                told.add(event);
            }
            for (int i = 0; i < CHANGES - 1; i++) {
                possible.add(event(token, i == 0 ? "set" : "update", "\"k\":" + i));
            }
            assertThat(possible).containsSubsequence(told);
            assertThat(told).contains(possible.get(0));
        }
    }

    private HazelcastNodes nodes(Vertx vertx) throws Exception {
        HazelcastNodes nodes = new HazelcastNodes(vertx, CONFIGURATION, 3, 7, 1, 4000);
        for (int i = 0; i < 3; i++) {
            nodes.start(clock);
        }
        EventSubscriber.open(nodes.node(2).hazelcast(), vertx);
        return nodes.awaitSafe();
    }

    /** Makes a session and listens to its events. */
    private String session(HazelcastNodes nodes, Vertx vertx, String more) throws Exception {
        String token = nodes.node(0).run("""
                        {"SH_NEW":{"name":"s"%s}}""".formatted(more)).get(0).replaceAll(".*\"tkn\":(\\d+).*", "$1");
        vertx.eventBus()
                .<Buffer>consumer(
                        EventAddress.of(Long.parseUnsignedLong(token)),
                        message -> events.add(message.body().toString()));
        return token;
    }

    private static void set(HazelcastNodes.Node node, String token, int value) throws Exception {
        assertThat(node.run("""
                {"KV_SET":{"tkn":%s,"keys":{"k":%s}}}""".formatted(token, value)).get(0)).startsWith("""
                        {"KV_SET_RSP":{"tkn":%s,"keys\"""".formatted(token));
    }

    private String next() throws InterruptedException {
        String event = events.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event;
    }

    private static String event(String token, String kind, String keys) {
        return """
                {"tkn":%s,"ev":"%s","keys":{%s}}""".formatted(token, kind, keys);
    }
}
