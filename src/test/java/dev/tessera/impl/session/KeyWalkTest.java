package dev.tessera.impl.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag(Layer.UNIT)
class KeyWalkTest {

    private static final byte[] VALUE = "1".getBytes(UTF_8);
    private static final PositionSeal SEAL = new PositionSeal(new byte[16]);
    private static final long UNLIMITED = Long.MAX_VALUE;

    /** The hashes under which a list must be complete. */
    enum Hashing {
        KEYED(KeyOrder.under("a secret".getBytes(UTF_8))),
        /** Every sixteenth key has the same hash. */
        FEW(new KeyOrder((text, from, to) -> text[to - 1] % 16 * 0x9E3779B97F4A7C15L, SEAL)),
        ALL_EQUAL(new KeyOrder((text, from, to) -> 42, SEAL)),
        LAST_POSITION(new KeyOrder((text, from, to) -> -1, SEAL));

        private final KeyOrder order;

        Hashing(KeyOrder order) {
            this.order = order;
        }
    }

    /** A list of a client, page by page. */
    private static final class Listing {

        private final String prefix;
        private final List<String> listed = new ArrayList<>();
        private long next;
        private boolean ended;

        Listing(String prefix) {
            this.prefix = prefix;
        }

        /** Takes a page of at most this many keys, or more if several have one position. Returns the work. */
        long page(KeySpace keys, int limit, long workMax) {
            KeyWalk slice = new KeyWalk(prefix.getBytes(UTF_8), next, workMax);
            int before = listed.size();
            keys.walk(slice, (keyRecords, from, count) -> {
                if (listed.size() > before && listed.size() - before + count > limit) {
                    return false;
                }
                for (int i = from; i < from + count; i++) {
                    listed.add(key(keyRecords[i]));
                }
                return true;
            });
            next = slice.next();
            ended = slice.ended();
            return slice.work();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldVisitEachKeyThatStaysExactlyOnce(Hashing hashing) {
        for (long seed = 1; seed <= 60; seed++) {
            Random random = new Random(seed);
            KeySpace keys = new KeySpace(hashing.order);
            Set<String> present = new LinkedHashSet<>();
            add(
                    keys,
                    present,
                    random,
                    random.nextBoolean() ? random.nextInt(20) : random.nextInt(hashing == Hashing.KEYED ? 5000 : 300));
            Listing listing = new Listing(random.nextInt(3) == 0 ? "a" : "");
            Set<String> stayed = new HashSet<>(present);

            while (!listing.ended) {
                listing.page(keys, 1 + random.nextInt(100), 1 + random.nextInt(2000));
                keys = change(keys, hashing, present, random);
                stayed.retainAll(present);
            }

            stayed.removeIf(key -> !key.startsWith(listing.prefix));
            assertThat(listing.listed)
                    .as("seed %s", seed)
                    .doesNotHaveDuplicates()
                    .containsAll(stayed);
            assertThat(listing.listed).allMatch(key -> key.startsWith(listing.prefix));
            keys.checkInvariants();
        }
    }

    /** Changes the keys as commands, rebuilds, restarts and takeovers do. */
    private static KeySpace change(KeySpace keys, Hashing hashing, Set<String> present, Random random) {
        switch (random.nextInt(10)) {
            case 0 -> add(keys, present, random, random.nextInt(500));
            case 1 -> remove(keys, present, random, 0.8);
            case 2 -> remove(keys, present, random, 0.3);
            case 3 -> present.forEach(key -> put(keys, key));
            case 4 -> {
                List<String> order = new ArrayList<>(present);
                Collections.shuffle(order, random);
                KeySpace restored = new KeySpace(hashing.order);
                order.forEach(key -> restored.restore(keys.get(key.getBytes(UTF_8), 0, key.length())));
                return restored;
            }
            case 5 -> {
                if (random.nextInt(10) == 0) {
                    keys.clear();
                    present.clear();
                }
            }
            default -> add(keys, present, random, random.nextInt(3));
        }
        return keys;
    }

    private static void add(KeySpace keys, Set<String> present, Random random, int count) {
        for (int i = 0; i < count; i++) {
            String key = (random.nextBoolean() ? "a" : "b") + random.nextInt(20_000);
            put(keys, key);
            present.add(key);
        }
    }

    private static void remove(KeySpace keys, Set<String> present, Random random, double share) {
        present.removeIf(key -> {
            boolean goes = random.nextDouble() < share;
            if (goes) {
                keys.remove(key.getBytes(UTF_8), 0, key.length());
            }
            return goes;
        });
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "8", "9", "12", "13", "100", "5000"})
    void shouldKeepTheOrderInTablesOfAllSizes(int count) {
        KeyOrder order = KeyOrder.under("a secret".getBytes(UTF_8));
        KeySpace small = new KeySpace(order);
        fill(small, count);
        KeySpace shrunk = new KeySpace(order);
        fill(shrunk, 4 * count + 100);
        for (int i = count; i < 4 * count + 100; i++) {
            shrunk.remove(name(i), 0, name(i).length);
        }

        assertThat(all(shrunk)).hasSize(count).isEqualTo(all(small));
    }

    @Test
    void shouldDifferInOrderUnderAnotherSecret() {
        KeySpace one = new KeySpace(KeyOrder.under("a secret".getBytes(UTF_8)));
        KeySpace other = new KeySpace(KeyOrder.under("another".getBytes(UTF_8)));
        fill(one, 100);
        fill(other, 100);

        assertThat(all(one)).isNotEqualTo(all(other)).hasSameElementsAs(all(other));
    }

    /** A page of a large key space visits about as many slots as one of a small key space. */
    @Test
    void shouldVisitAboutAsManySlotsForAPageAsItHasKeys() {
        for (int count : new int[] {10_000, 30_000, 100_000, 300_000, 1_000_000}) {
            KeySpace keys = new KeySpace(KeyOrder.random());
            fill(keys, count);

            assertThat(workOfPage(keys, 1000)).as("of %s keys", count).isBetween(1000L, 6000L);
        }
    }

    @Test
    void shouldVisitFewSlotsAfterMostKeysWereRemoved() {
        KeySpace keys = new KeySpace(KeyOrder.random());
        fill(keys, 100_000);
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            if (random.nextInt(10) < 8) {
                keys.remove(name(i), 0, name(i).length);
            }
        }

        assertThat(workOfPage(keys, 1000)).isLessThan(16_000);
    }

    /** A client that takes pages and removes their keys leaves those at the end of the order. */
    @Test
    void shouldVisitFewSlotsAfterTheKeysOfAllEarlierPagesWereRemoved() {
        KeySpace keys = new KeySpace(KeyOrder.random());
        fill(keys, 100_000);
        Listing listing = new Listing("");
        while (listing.listed.size() < 80_000) {
            int before = listing.listed.size();
            listing.page(keys, 1000, UNLIMITED);
            for (String key : listing.listed.subList(before, listing.listed.size())) {
                keys.remove(key.getBytes(UTF_8), 0, key.length());
            }
        }

        assertThat(listing.page(keys, 1000, UNLIMITED)).isLessThan(16_000);
        keys.checkInvariants();
    }

    @Test
    void shouldEndASliceAfterItsWork() {
        KeySpace keys = new KeySpace(KeyOrder.random());
        fill(keys, 100_000);
        Listing listing = new Listing("nothing begins so");

        long work = listing.page(keys, 1000, 5000);
        int slices = 1;
        while (!listing.ended) {
            work = Math.max(work, listing.page(keys, 1000, 5000));
            slices++;
        }

        assertThat(work).isLessThan(5500);
        assertThat(slices).isGreaterThan(20);
        assertThat(listing.listed).isEmpty();
    }

    private static long workOfPage(KeySpace keys, int limit) {
        return new Listing("").page(keys, limit, UNLIMITED);
    }

    private static List<String> all(KeySpace keys) {
        Listing listing = new Listing("");
        listing.page(keys, Integer.MAX_VALUE, UNLIMITED);
        return listing.listed;
    }

    private static void fill(KeySpace keys, int count) {
        for (int i = 0; i < count; i++) {
            put(keys, new String(name(i), UTF_8));
        }
    }

    private static byte[] name(int number) {
        return ("key:" + number).getBytes(UTF_8);
    }

    private static void put(KeySpace keys, String key) {
        byte[] text = key.getBytes(UTF_8);
        keys.put(text, 0, text.length, VALUE, 0, VALUE.length);
    }

    private static String key(byte[] keyRecord) {
        int from = KeyRecord.keyFrom(keyRecord);
        return new String(Arrays.copyOfRange(keyRecord, from, KeyRecord.keyTo(keyRecord)), UTF_8);
    }
}
