package dev.tessera.impl.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag(Layer.UNIT)
class SipHashTest {

    /** The key 00 01 02 ... 0f, as in the paper. */
    private final SipHash hash = SipHash.ofMac(counting(SipHash.KEY_BYTES));

    /** Lengths and hashes of the messages 00 01 02 ..., from the vectors of the reference implementation. */
    @ParameterizedTest
    @CsvSource({
        " 0, 726fdb47dd0e0e31", " 1, 74f839c593dc67fd", " 2, 0d6c8009d9a94f5a", " 3, 85676696d7fb7e2d",
        " 4, cf2794e0277187b7", " 5, 18765564cd99a68d", " 6, cbc9466e58fee3ce", " 7, ab0200f58b01d137",
        " 8, 93f5f5799a932462", " 9, 9e0082df0ba9e4b0", "10, 7a5dbbc594ddb9f3", "11, f4b32f46226bada7",
        "12, 751e8fbc860ee5fb", "13, 14ea5627c0843d90", "14, f723ca908e7af2ee", "15, a129ca6149be45e5"
    })
    void shouldReturnTheHashesOfTheReference(int length, String expected) {
        assertThat(hash.hash(counting(length), 0, length)).isEqualTo(Long.parseUnsignedLong(expected, 16));
    }

    /** Hashes of the reference implementation under a key of zeros, as the tests of OCaml quote them. */
    @ParameterizedTest
    @CsvSource({"0, d1fba762150c532c", "1, 68a914128e01e473"})
    void shouldReturnTheHashesOfTheVariantForTables(int length, String expected) {
        SipHash ofTable = SipHash.ofTable(new byte[SipHash.KEY_BYTES]);

        assertThat(ofTable.hash(counting(length), 0, length)).isEqualTo(Long.parseUnsignedLong(expected, 16));
    }

    @Test
    void shouldHashASliceAsItsBytes() {
        byte[] larger = counting(64);

        for (int from = 0; from < 20; from++) {
            for (int to = from; to < 40; to++) {
                byte[] alone = java.util.Arrays.copyOfRange(larger, from, to);
                assertThat(hash.hash(larger, from, to)).isEqualTo(hash.hash(alone, 0, alone.length));
            }
        }
    }

    private static byte[] counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
