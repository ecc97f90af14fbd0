package dev.tessera.impl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class SessionTableTest {

    private static final PartitionContext CONTEXT =
            new PartitionContext(null, MemoryAccount.unlimited(), new RevisionClock(), KeyOrder.random());

    private final SessionTable table = new SessionTable(MemoryAccount.unlimited());

    @Test
    void shouldFindAnyTokens() {
        long[] tokens = {
            0,
            1,
            -1,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            3442644399356403325L,
            Long.parseUnsignedLong("10838139838302738599")
        };
        for (long token : tokens) {
            assertThat(table.get(token)).isNull();
            table.add(session(token));
        }
        for (long token : tokens) {
            assertThat(table.get(token).token()).isEqualTo(token);
        }
        assertThat(table.size()).isEqualTo(tokens.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 100, 3000})
    void shouldBehaveAsAHashMap(int tokenCount) {
        long seed = 200L + tokenCount;
        Random random = new Random(seed);
        Map<Long, Session> model = new HashMap<>();
        for (int i = 0; i < 30_000; i++) {
            boolean growing = i / (tokenCount * 4) % 2 == 0;
            long token = random.nextInt(tokenCount);
            String when = "seed " + seed + ", step " + i;
            Session found = table.get(token);
            assertThat(found).as(when).isSameAs(model.get(token));
            if (found == null && random.nextInt(4) < (growing ? 4 : 1)) {
                Session session = session(token);
                table.add(session);
                model.put(token, session);
            } else if (found != null && random.nextInt(4) < (growing ? 1 : 4)) {
                table.remove(found);
                model.remove(token);
            }
            assertThat(table.size()).as(when).isEqualTo(model.size());
            if (i % 500 == 0) {
                assertHolds(model, when);
            }
            if (random.nextInt(10_000) == 0) {
                table.clear();
                model.clear();
            }
        }
        assertHolds(model, "seed " + seed + ", at the end");
    }

    private void assertHolds(Map<Long, Session> model, String when) {
        List<Session> seen = new ArrayList<>();
        table.forEach(seen::add);
        assertThat(seen).as(when).containsExactlyInAnyOrderElementsOf(model.values());
        model.forEach((token, session) -> assertThat(table.get(token)).as(when).isSameAs(session));
    }

    private static Session session(long token) {
        return new Session(token, new byte[0], false, Expiry.NEVER, 0, CONTEXT, false);
    }
}
