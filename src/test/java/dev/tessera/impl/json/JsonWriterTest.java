package dev.tessera.impl.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Layer;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag(Layer.UNIT)
class JsonWriterTest {

    private final JsonWriter writer = new JsonWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "1",
                "9",
                "10",
                "11",
                "99",
                "100",
                "101",
                "4294967295",
                "4294967296",
                "999999999999999999",
                "1000000000000000000",
                "1000000000000000001",
                "9223372036854775806",
                "9223372036854775807",
                "9223372036854775808",
                "9223372036854775809",
                "9999999999999999999",
                "10000000000000000000",
                "18446744073709551609",
                "18446744073709551610",
                "18446744073709551614",
                "18446744073709551615"
            })
    void shouldWriteUnsigned(String number) {
        writer.unsigned(Long.parseUnsignedLong(number));

        assertThat(written()).isEqualTo(number);
    }

    @Test
    void shouldWriteRandomUnsignedAsTheJdkDoes() {
        long seed = 11L;
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            long value = random.nextLong() >>> random.nextInt(64);
            writer.unsigned(value);
            assertThat(written()).as("seed %d", seed).isEqualTo(Long.toUnsignedString(value));
            writer.truncate(0);
        }
    }

    @Test
    void shouldWritePowersOfTenAndTheirNeighbours() {
        long power = 1;
        for (int digits = 1; digits <= 20; digits++, power *= 10) {
            for (long value : new long[] {power - 1, power, power + 1}) {
                writer.truncate(0);
                writer.unsigned(value);
                assertThat(written()).isEqualTo(Long.toUnsignedString(value));
            }
        }
    }

    @Test
    void shouldWriteEverythingElse() {
        writer.mark('{')
                .string("a\n\"\u00e9")
                .mark(':')
                .bool(true)
                .mark(',')
                .raw("12345".getBytes(UTF_8), 1, 3)
                .quoted("abc".getBytes(UTF_8), 1, 2)
                .bool(false)
                .raw("[]".getBytes(UTF_8));

        assertThat(written()).isEqualTo("""
                {"a\\n\\"\u00e9":true,23"b"false[]""");
    }

    @Test
    void shouldWriteIntegersAsBytes() {
        writer.mark('P').longBytes(-2).longBytes(Long.MAX_VALUE).intBytes(-3);

        assertThat(writer.size()).isEqualTo(21);
        assertThat(Bytes.intAt(writer.array(), 17)).isEqualTo(-3);
        assertThat(Bytes.longAt(writer.array(), 1)).isEqualTo(-2);
        assertThat(Bytes.longAt(writer.array(), 9)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldGrowFromAnyFilling() {
        for (int before = 230; before < 270; before++) {
            JsonWriter fresh = new JsonWriter();
            fresh.raw("x".repeat(before).getBytes(UTF_8))
                    .unsigned(-1L)
                    .quoted("abc".getBytes(UTF_8), 0, 3)
                    .longBytes(0x2020202020202020L)
                    .mark('!');
            assertThat(new String(fresh.take(0), UTF_8))
                    .isEqualTo("x".repeat(before) + "18446744073709551615\"abc\"        !");
        }
    }

    /**
     * Each write alone, with its size. It must succeed with exactly that space. With one byte less it must change
     * nothing.
     */
    @Test
    void shouldKeepExactlyToTheLimit() {
        record Write(int bytes, Consumer<JsonWriter> write) {}
        List<Write> writes = List.of(
                new Write(1, w -> w.mark('x')),
                new Write(5, w -> w.quoted("abc".getBytes(UTF_8), 0, 3)),
                new Write(3, w -> w.raw("abc".getBytes(UTF_8))),
                new Write(4, w -> w.bool(true)),
                new Write(8, w -> w.longBytes(1)),
                new Write(4, w -> w.intBytes(1)),
                new Write(1, w -> w.unsigned(0)),
                new Write(2, w -> w.unsigned(10)),
                new Write(19, w -> w.unsigned(Long.MAX_VALUE)),
                new Write(19, w -> w.unsigned(Long.MIN_VALUE)),
                new Write(20, w -> w.unsigned(-1)),
                new Write(300, w -> w.raw(new byte[300])),
                new Write(302, w -> w.quoted(new byte[300], 0, 300)));
        for (int filled : new int[] {0, 3, 250, 256, 1000}) {
            for (Write write : writes) {
                JsonWriter bounded = new JsonWriter();
                byte[] before = "y".repeat(filled).getBytes(UTF_8);
                bounded.raw(before);
                bounded.limit(write.bytes() - 1);
                assertThatThrownBy(() -> write.write().accept(bounded))
                        .as("%d bytes after %d", write.bytes(), filled)
                        .isInstanceOf(JsonWriter.TooLarge.class);
                assertThat(bounded.size()).isEqualTo(filled);
                assertThat(bounded.take(0)).isEqualTo(before);

                bounded.raw(before);
                bounded.limit(write.bytes());
                write.write().accept(bounded);
                assertThat(bounded.size()).isEqualTo(filled + write.bytes());
                assertThatThrownBy(() -> bounded.mark('x')).isInstanceOf(JsonWriter.TooLarge.class);
            }
        }
    }

    @Test
    void shouldCountTheLimitFromWhereItWasSet() {
        writer.raw(new byte[100]);
        writer.limit(10);
        writer.raw(new byte[10]);
        assertThatThrownBy(() -> writer.mark('x')).isInstanceOf(JsonWriter.TooLarge.class);
        writer.limit(1);
        writer.mark('x');
        writer.limit(Integer.MAX_VALUE);
        writer.raw(new byte[1000]);

        assertThat(writer.size()).isEqualTo(1111);
    }

    @Test
    void shouldTakeBackWhatWasWritten() {
        writer.string("kept");
        int mark = writer.size();
        writer.string("x".repeat(1000));
        writer.truncate(mark);
        writer.mark(',').unsigned(1);

        assertThat(written()).isEqualTo("\"kept\",1");
    }

    @Test
    void shouldBeginAnewAfterTake() {
        writer.string("x".repeat(1000));
        byte[] first = writer.take(10);
        assertThat(writer.size()).isZero();
        assertThat(writer.array().length).as("room that is kept").isLessThan(1000);
        writer.mark('b');
        byte[] second = writer.take(1_000_000);
        writer.mark('c');

        assertThat(new String(first, UTF_8)).isEqualTo("\"" + "x".repeat(1000) + "\"");
        assertThat(new String(second, UTF_8)).as("a copy of its own").isEqualTo("b");
    }

    private String written() {
        return new String(writer.array(), 0, writer.size(), UTF_8);
    }
}
