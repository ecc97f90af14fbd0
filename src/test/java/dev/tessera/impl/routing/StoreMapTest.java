package dev.tessera.impl.routing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class StoreMapTest {

    @ParameterizedTest
    @ValueSource(ints = {7, 31, 64, 271})
    void shouldSpreadTokensOfEveryKindEvenly(int partitionCount) {
        long seed = 700L;
        Random random = new Random(seed);
        assertEven(partitionCount, i -> random.nextLong(), "random, seed " + seed);
        assertEven(partitionCount, i -> i, "counted up");
        assertEven(partitionCount, i -> i << 32, "counted up in the upper half");
        assertEven(partitionCount, i -> i * partitionCount, "multiples of the count");
        KeyedTokens tokens = new KeyedTokens("a secret".getBytes(US_ASCII));
        assertEven(partitionCount, i -> tokens.shared(("session-" + i).getBytes(US_ASCII)), "by name");
    }

    /**
     * Checks that chi-square is within six deviations. Its mean is n - 1 and its variance 2(n - 1). The tokens are the
     * same in every run.
     */
    private static void assertEven(int partitionCount, LongUnaryOperator tokens, String how) {
        StoreMap stores = new StoreMap(partitionCount, 1);
        int each = 300;
        int[] counts = new int[partitionCount];
        for (int i = 0; i < each * partitionCount; i++) {
            counts[stores.partitionOf(tokens.applyAsLong(i))]++;
        }
        double chiSquare = 0;
        for (int count : counts) {
            chiSquare += Math.pow(count - each, 2) / each;
        }
        int freedom = partitionCount - 1;
        assertThat(chiSquare)
                .as("%s, %d partitions", how, partitionCount)
                .isLessThan(freedom + 6 * Math.sqrt(2.0 * freedom));
    }

    @Test
    void shouldAssignEachStoreItsShareOfPartitions() {
        for (int storeCount = 1; storeCount <= 8; storeCount++) {
            StoreMap stores = new StoreMap(271, storeCount);
            int[] counts = new int[storeCount];
            for (int partition = 0; partition < 271; partition++) {
                counts[stores.storeOfPartition(partition)]++;
            }
            assertThat(counts).satisfies(all -> {
                for (int count : all) {
                    assertThat(count).isBetween(271 / all.length, 271 / all.length + 1);
                }
            });
        }
    }

    @Test
    void shouldRouteATokenToTheStoreOfItsPartition() {
        StoreMap stores = new StoreMap(271, 4);
        for (long token : new long[] {0, 1, -1, Long.MIN_VALUE, 3442644399356403325L}) {
            assertThat(stores.storeOf(token)).isEqualTo(stores.storeOfPartition(stores.partitionOf(token)));
            assertThat(new StoreMap(271, 4).storeOf(token))
                    .as("the same in every process")
                    .isEqualTo(stores.storeOf(token));
        }
    }
}
