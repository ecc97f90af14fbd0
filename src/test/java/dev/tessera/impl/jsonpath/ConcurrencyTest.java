package dev.tessera.impl.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class ConcurrencyTest {

    private static final String JSON = """
      {"p":"a.*","list":[{"s":"abc","n":[1,2]},{"s":"bcd","n":[1,2,3]},{"s":"axe","n":[]}]}""";

    @Test
    void shouldShareOneCompiledQueryBetweenThreads() throws Exception {
        JsonPath query =
                JsonPath.compile("$.list[?match(@.s, $.p) && @.n.length == count(@.n[*]) && @.n != $.list[2].n].s");
        Callable<Boolean> search = () -> {
            boolean same = true;
            for (int i = 0; i < 2_000; i++) {
                same &= Search.run(query, JSON).values().equals(List.of("\"abc\""));
            }
            return same;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<Boolean> result : threads.invokeAll(Collections.nCopies(4, search))) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }
}
