package dev.tessera.impl.routing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.impl.command.Route;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class RequestRouterTest {

    private static final int STORES = 4;

    private final StoreMap stores = new StoreMap(31, STORES);
    private final KeyedTokens tokens = new KeyedTokens("a secret of this test".getBytes(UTF_8));
    private final RequestRouter router = new RequestRouter(stores, tokens);
    private final Commands withSessions = Commands.of(CommandRunner.COMMANDS, Set.of());
    private final Commands withoutSessions = Commands.withoutSessions(CommandRunner.COMMANDS, Set.of());

    @Test
    void shouldRouteByTheTokenWithSessions() throws Exception {
        Request request = request(withSessions, """
                {"KV_SET":{"tkn":77,"keys":{"a":1,"b":2,"c":3}}}""");

        assertThat(router.route(request)).isEqualTo(Route.ONE_PARTITION);
        assertThat(router.storeOf(request)).isEqualTo(stores.storeOf(77));
        assertThat(request.token()).isEqualTo(77);
        assertThat(request.partitions()).isNull();
    }

    @Test
    void shouldSendCommandsOnAllSessionsToAllStores() throws Exception {
        Request request = request(withSessions, "{\"SH_INFO_ALL\":{}}");

        assertThat(router.route(request)).isEqualTo(Route.ALL_PARTITIONS);
        assertThat(router.storesOf(request, Route.ALL_PARTITIONS).stream()).containsExactly(0, 1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                        {"KV_SET":{"keys":{"user:1":1}}}""", """
                        {"KV_SET":{"keys":{"user:1":1,"\\u0075ser:1":2}}}""", """
                        {"KV_GET":{"keys":["user:1"]}}""", """
                        {"KV_RMV":{"keys":[7,"user:1",null]}}"""})
    void shouldRouteOneKeyToItsPartitionAlone(String message) throws Exception {
        Request request = request(withoutSessions, message);

        assertThat(router.route(request)).isEqualTo(Route.ONE_PARTITION);
        assertThat(router.storeOf(request)).isEqualTo(stores.storeOf(tokenOf("user:1")));
        assertThat(request.token()).isEqualTo(tokenOf("user:1"));
        assertThat(request.partitions()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
            {"KV_GET":{"keys":[]}}""", """
            {"KV_ADD":{"keys":{}}}""", """
            {"KV_RMV":{"keys":[7]}}"""})
    void shouldRouteNoKeyToOneStore(String message) throws Exception {
        Request request = request(withoutSessions, message);

        assertThat(router.route(request)).isEqualTo(Route.ONE_PARTITION);
        assertThat(router.storeOf(request)).isBetween(0, STORES - 1);
    }

    @Test
    void shouldSendManyKeysToThoseStoresThatOwnSome() throws Exception {
        String[] keys = IntStream.range(0, 100)
                .mapToObj(i -> "k" + i)
                .filter(key -> stores.storeOf(tokenOf(key)) != 2)
                .limit(20)
                .toArray(String[]::new);
        Request request = request(withoutSessions, """
                {"KV_GET":{"keys":["%s"]}}""".formatted(String.join("\",\"", keys)));

        assertThat(router.route(request)).isEqualTo(Route.NAMED_PARTITIONS);
        assertThat(router.storesOf(request, Route.NAMED_PARTITIONS).stream()).containsExactly(0, 1, 3);
        assertThat(request.partitions()).hasSize(keys.length);
        for (int i = 0; i < keys.length; i++) {
            assertThat(request.partition(i)).isEqualTo(stores.partitionOf(tokenOf(keys[i])));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"KV_COUNT\":{}}", "{\"KV_CLEAR\":{}}", "{\"KV_KEYS\":{}}", """
                        {"KV_CLEAR_SET":{"keys":{}}}""", """
                        {"KV_CLEAR_SET":{"keys":{"a":1}}}"""})
    void shouldSendCommandsOnAllKeysToAllStores(String message) throws Exception {
        Request request = request(withoutSessions, message);

        assertThat(router.route(request)).isEqualTo(Route.ALL_PARTITIONS);
        assertThat(router.storesOf(request, Route.ALL_PARTITIONS).cardinality()).isEqualTo(STORES);
    }

    private long tokenOf(String key) {
        byte[] text = key.getBytes(UTF_8);
        return tokens.ofKey(text, 0, text.length);
    }

    private static Request request(Commands commands, String message) throws Exception {
        byte[] text = message.getBytes(UTF_8);
        return new RequestDecoder(commands, 64).decode(text, 0, text.length);
    }
}
