package dev.tessera.impl.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class BytesTest {

    @Test
    void shouldHashEqualContentEquallyAtEveryOffset() {
        long seed = 6L;
        Random random = new Random(seed);
        for (int length = 0; length < 40; length++) {
            byte[] content = new byte[length];
            random.nextBytes(content);
            long expected = Bytes.hash(content, 0, length);
            for (int from = 0; from < 10; from++) {
                byte[] larger = new byte[from + length + 9];
                random.nextBytes(larger);
                System.arraycopy(content, 0, larger, from, length);
                assertThat(Bytes.hash(larger, from, from + length))
                        .as("seed %d, length %d at %d", seed, length, from)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void shouldTellApartLengthsOfZeroBytes() {
        Set<Long> hashes = new HashSet<>();
        for (int length = 0; length < 64; length++) {
            hashes.add(Bytes.hash(new byte[64], 0, length));
        }
        assertThat(hashes).hasSize(64);
    }

    @Test
    void shouldChangeWithEveryByte() {
        for (int length = 1; length < 24; length++) {
            byte[] content = new byte[length];
            long hash = Bytes.hash(content, 0, length);
            for (int at = 0; at < length; at++) {
                content[at] = 1;
                assertThat(Bytes.hash(content, 0, length))
                        .as("length %d, byte %d", length, at)
                        .isNotEqualTo(hash);
                content[at] = 0;
            }
        }
    }

    /** Each process has its own hash key, so the bound is loose: a bucket may have twice the expected 400 entries. */
    @Test
    void shouldSpreadKeysThatDifferLittle() {
        String[] forms = {"%d", "key%d", "user:%d:profile", "%08d", "a-rather-long-prefix-in-common-%d"};
        for (String form : forms) {
            int[] low = new int[256];
            int[] high = new int[256];
            Set<Long> hashes = new HashSet<>();
            int count = 256 * 400;
            for (int i = 0; i < count; i++) {
                byte[] key = String.format(form, i).getBytes(US_ASCII);
                long hash = Bytes.hash(key, 0, key.length);
                hashes.add(hash);
                low[(int) hash & 255]++;
                high[(int) (hash >>> 56)]++;
            }
            assertThat(hashes).as(form).hasSize(count);
            for (int bucket = 0; bucket < 256; bucket++) {
                assertThat(low[bucket]).as("%s, low bits %d", form, bucket).isBetween(200, 800);
                assertThat(high[bucket]).as("%s, high bits %d", form, bucket).isBetween(200, 800);
            }
        }
    }

    @Test
    void shouldMarkTheFirstSpecialByteExactlyAtEveryPlace() {
        long seed = 7L;
        Random random = new Random(seed);
        byte[] word = new byte[8];
        for (int round = 0; round < 50; round++) {
            for (int place = 0; place < 8; place++) {
                for (int value = 0; value < 256; value++) {
                    for (int i = 0; i < 8; i++) {
                        word[i] = i < place ? plain(random) : (byte) random.nextInt(256);
                    }
                    word[place] = (byte) value;
                    int first = 0;
                    while (first < 8 && !isSpecial(word[first])) {
                        first++;
                    }
                    long marks = Bytes.specialInString(Bytes.longAt(word, 0));
                    int found = marks == 0 ? 8 : Long.numberOfTrailingZeros(marks) >> 3;
                    if (found != first) {
                        assertThat(found)
                                .as("seed %d: %016x", seed, Bytes.longAt(word, 0))
                                .isEqualTo(first);
                    }
                }
            }
        }
    }

    @Test
    void shouldReadWhatItWrote() {
        byte[] bytes = new byte[20];
        Bytes.putLong(bytes, 3, 0x0102030405060708L);
        Bytes.putInt(bytes, 12, 0x0A0B0C0D);

        assertThat(Bytes.longAt(bytes, 3)).isEqualTo(0x0102030405060708L);
        assertThat(Bytes.intAt(bytes, 12)).isEqualTo(0x0A0B0C0D);
        assertThat(bytes[3]).as("little endian").isEqualTo((byte) 8);
        assertThat(bytes[12]).as("little endian").isEqualTo((byte) 0x0D);
    }

    private static byte plain(Random random) {
        while (true) {
            byte b = (byte) (' ' + random.nextInt(96));
            if (!isSpecial(b)) {
                return b;
            }
        }
    }

    private static boolean isSpecial(byte b) {
        return b < ' ' || b == '"' || b == '\\';
    }
}
