package dev.tessera.impl.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A benchmark of writing replies to a {@code KV_SET} of one key, one after the other into one array, against Jackson's
 * generator.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class WriterBenchmark {

    private static final String REPLY = """
            {"KV_SET_RSP":{"tkn":10838139838302738599,"keys":{"key:0000001":21}}}""";
    private static final long TOKEN = Long.parseUnsignedLong("10838139838302738599");
    private static final BigInteger BIG_TOKEN = new BigInteger("10838139838302738599");
    private static final byte[] HEAD = "{\"KV_SET_RSP\":{".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TKN = "\"tkn\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEYS = "\"keys\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "}}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEY = "key:0000001".getBytes(StandardCharsets.US_ASCII);

    private final JsonWriter writer = new JsonWriter();
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream(256);
    private final JsonFactory factory = new JsonFactory();

    /** Checks that both write the same. */
    @Setup
    public void prepare() throws IOException {
        tessera();
        jacksonStreaming();
        if (!new String(writer.array(), 0, writer.size(), StandardCharsets.US_ASCII).equals(REPLY)
                || !stream.toString(StandardCharsets.US_ASCII).equals(REPLY)) {
            throw new IllegalStateException("this benchmark compares different things");
        }
    }

    /** Measures this project's writer. */
    @Benchmark
    public int tessera() {
        writer.truncate(0);
        writer.raw(HEAD)
                .raw(TKN)
                .unsigned(TOKEN)
                .mark(',')
                .raw(KEYS)
                .mark('{')
                .quoted(KEY, 0, KEY.length)
                .mark(':')
                .unsigned(21)
                .mark('}')
                .raw(END);
        return writer.size();
    }

    /** Measures Jackson's generator. */
    @Benchmark
    public int jacksonStreaming() throws IOException {
        stream.reset();
        try (JsonGenerator generator = factory.createGenerator(stream)) {
            generator.writeStartObject();
            generator.writeObjectFieldStart("KV_SET_RSP");
            generator.writeFieldName("tkn");
            generator.writeNumber(BIG_TOKEN);
            generator.writeObjectFieldStart("keys");
            generator.writeNumberField("key:0000001", 21);
            generator.writeEndObject();
            generator.writeEndObject();
            generator.writeEndObject();
        }
        return stream.size();
    }
}
