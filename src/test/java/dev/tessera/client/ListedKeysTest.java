package dev.tessera.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.protocol.Status;
import dev.tessera.testing.Await;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.streams.ReadStream;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of keys over several pages of a real server. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class ListedKeysTest {

    /** More than two pages of the server's default length. */
    private static final int KEYS = 2500;

    private TestServer server;
    private TesseraClient tessera;

    @AfterEach
    void stop() {
        server.close();
    }

    private TesseraKeys start(Vertx vertx, boolean sessions) throws Exception {
        server = TestServer.start(
                vertx,
                Configuration.defaults().with(Settings.EVENT_LOOPS, 3).with(Settings.SESSIONS_ENABLED, sessions));
        tessera = TesseraClient.create(vertx);
        return sessions ? Await.result(tessera.newSession("s")) : tessera.globalKeys();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldListEachKeyOnce(boolean sessions, Vertx vertx) throws Exception {
        TesseraKeys keys = start(vertx, sessions);
        Map<String, Integer> entries = entries("user:", KEYS);
        Await.result(keys.set(entries));
        long other = Await.result(keys.replace("other*?\"\n", 1, 0));

        assertThat(collect(keys.listKeys("user:"))).containsExactlyInAnyOrderElementsOf(entries.keySet());
        assertThat(collect(keys.listKeys(""))).hasSize(KEYS + 1).doesNotHaveDuplicates();
        assertThat(collect(keys.listKeys("none"))).isEmpty();
        assertThat(collect(keys.list("other*?\"")))
                .containsExactly(Map.entry("other*?\"\n", new VersionedValue(JsonText.of("1"), other)));
        Map<String, VersionedValue> listed =
                Await.result(keys.list("user:").collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        assertThat(listed).isEqualTo(Await.result(keys.getVersioned(entries.keySet())));
    }

    @Test
    void shouldListEachKeyOnceThatStaysWhileOthersChange(Vertx vertx) throws Exception {
        TesseraKeys keys = start(vertx, true);
        Map<String, Integer> stay = entries("stay", KEYS);
        Await.result(keys.set(stay));
        Await.result(keys.set(entries("go", KEYS)));
        List<String> received = Collections.synchronizedList(new ArrayList<>());
        Promise<Void> end = Promise.promise();
        ReadStream<String> list = keys.listKeys("").exceptionHandler(end::fail).endHandler(end::complete);
        list.handler(key -> {
            received.add(key);
            if (received.size() % 500 == 0) {
                list.pause();
                int number = received.size();
                Future.all(keys.remove("go" + number), keys.set(entries("new" + number + "-", 300)))
                        .onSuccess(changed -> list.resume());
            }
        });

        Await.result(end.future());

        assertThat(received).doesNotHaveDuplicates().containsAll(stay.keySet());
    }

    @Test
    void shouldTakeAsManyKeysAsAreWanted(Vertx vertx) throws Exception {
        TesseraKeys keys = start(vertx, true);
        Await.result(keys.set(entries("k", KEYS)));
        List<String> received = Collections.synchronizedList(new ArrayList<>());
        ReadStream<String> list = keys.listKeys("").pause().handler(received::add);

        list.fetch(3);
        Await.until(() -> received.size() == 3);
        list.fetch(1500);
        Await.until(() -> received.size() == 1503);
        list.handler(null).resume();
        // Any later page would be answered before this.
        Await.result(keys.count());
        Await.result(ClientAudit.checkAtRest(tessera));

        assertThat(received).hasSize(1503).doesNotHaveDuplicates();
    }

    @Test
    void shouldFailInTheMiddleIfTheSessionEnds(Vertx vertx) throws Exception {
        TesseraSession session = (TesseraSession) start(vertx, true);
        Await.result(session.set(entries("k", KEYS)));
        Promise<Void> end = Promise.promise();
        ReadStream<String> list =
                session.listKeys("").exceptionHandler(end::fail).endHandler(end::complete);
        list.pause().fetch(1).handler(key -> session.end().onSuccess(ended -> list.resume()));

        assertThat(Await.failure(end.future()))
                .isInstanceOfSatisfying(
                        TesseraException.class,
                        refused -> assertThat(refused.status()).isEqualTo(Status.SESSION_NOT_EXIST));
    }

    @Test
    void shouldRefuseAPrefixThatIsNoText(Vertx vertx) throws Exception {
        TesseraKeys keys = start(vertx, true);

        for (String method : List.of("list", "listKeys")) {
            assertThatThrownBy(() -> list(keys, method, null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("no null prefix accepted");
            assertThat(Await.failure(list(keys, method, "\ud800").collect(Collectors.counting())))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static ReadStream<?> list(TesseraKeys keys, String method, String prefix) {
        return method.equals("list") ? keys.list(prefix) : keys.listKeys(prefix);
    }

    private static <T> List<T> collect(ReadStream<T> list) throws Exception {
        return Await.result(list.collect(Collectors.toList()));
    }

    private static Map<String, Integer> entries(String prefix, int count) {
        return IntStream.range(0, count)
                .boxed()
                .collect(Collectors.toMap(i -> prefix + i, i -> i, (one, other) -> one, LinkedHashMap::new));
    }
}
