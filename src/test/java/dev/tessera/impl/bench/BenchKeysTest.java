package dev.tessera.impl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class BenchKeysTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 50, 300_000})
    void shouldMakeValuesOfTheGivenLength(int valueBytes) {
        String value = benchKeys(3, 10, valueBytes).entry(2, 9).value();

        assertThat(value).hasSize(valueBytes).startsWith("\"").endsWith("\"");
    }

    @Test
    void shouldMakeADifferentValueForEachKey() {
        BenchKeys benchKeys = benchKeys(20, 30, 50);
        Set<String> values = new HashSet<>();
        for (int session = 0; session < 20; session++) {
            for (int key = 0; key < 30; key++) {
                values.add(benchKeys.entry(session, key).value());
            }
        }

        assertThat(values).hasSize(600);
    }

    @ParameterizedTest
    @CsvSource({"16, 16, 1000, 512", "16, 1000, 8, 512", "3, 10, 7, 100", "1, 1, 1, 512", "5, 7, 1, 3"})
    void shouldSpreadRequestsOverAsManyKeysAsPossible(int connections, int sessions, int keys, int prepared) {
        BenchKeys benchKeys = benchKeys(sessions, keys, 50);
        Set<String> all = new HashSet<>();
        for (int connection = 0; connection < connections; connection++) {
            int own = (sessions - connection + connections - 1) / connections;
            Set<String> values = new HashSet<>();
            for (int number = 0; number < prepared; number++) {
                values.add(benchKeys
                        .entryFor(connection, connections, number, prepared)
                        .value());
            }
            assertThat(values).hasSize(Math.min(prepared, own * keys));
            assertThat(all).as("connections have sessions of their own").doesNotContainAnyElementsOf(values);
            all.addAll(values);
        }
    }

    @Test
    void shouldShareSessionsIfThereAreFewerThanConnections() {
        BenchKeys benchKeys = benchKeys(3, 10, 50);
        String[] requests = IntStream.range(0, 8)
                .mapToObj(connection -> benchKeys.entryFor(connection, 8, 0, 10).request("KV_COUNT"))
                .toArray(String[]::new);

        assertThat(Arrays.asList(requests)).containsOnly("""
                        {"KV_COUNT":{"tkn":0}}""", """
                        {"KV_COUNT":{"tkn":1}}""", """
                        {"KV_COUNT":{"tkn":2}}""");
    }

    private static BenchKeys benchKeys(int sessions, int keys, int valueBytes) {
        return new BenchKeys(
                IntStream.range(0, sessions).mapToObj(Integer::toString).toArray(String[]::new), keys, valueBytes);
    }
}
