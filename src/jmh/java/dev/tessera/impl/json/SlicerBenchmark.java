package dev.tessera.impl.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
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
 * A benchmark of reading a {@code KV_SET} of 101 bytes (its token, its key and the end of its value) against Jackson's
 * streaming parser. Jackson checks less, because it accepts ill-formed UTF-8 in skipped values. It also need not report
 * positions here, which would make it slower.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SlicerBenchmark {

    private static final String REQUEST = "{\"KV_SET\":{\"tkn\":10838139838302738599,\"keys\":{\"key:0000001\":"
            + "{\"name\":\"Adele\",\"n\":[1,2.5],\"ok\":true}}}}";
    private static final int REQUEST_BYTES = 101;
    private static final int DEPTH_MAX = 512;

    private final JsonScanner scanner = new JsonScanner(DEPTH_MAX);
    private final Slice name = new Slice();
    private final JsonFactory factory = new JsonFactory();
    private byte[] request;

    /** Checks the size of the request, and that both read the same. */
    @Setup
    public void prepare() throws IOException {
        request = REQUEST.getBytes(StandardCharsets.US_ASCII);
        if (request.length != REQUEST_BYTES || tessera() != jacksonStreaming()) {
            throw new IllegalStateException("this benchmark compares different things: " + request.length + " bytes, "
                    + tessera() + " and " + jacksonStreaming());
        }
    }

    /** Measures this project's scanner, and returns the number of keys. */
    @Benchmark
    public int tessera() {
        scanner.reset(request, 0, request.length);
        scanner.enter();
        int keys = 0;
        for (boolean command = scanner.member(true, name); command; command = scanner.member(false, name)) {
            scanner.enter();
            for (boolean more = scanner.member(true, name); more; more = scanner.member(false, name)) {
                if (scanner.peek() == '{') {
                    scanner.enter();
                    for (boolean key = scanner.member(true, name); key; key = scanner.member(false, name)) {
                        scanner.skipValue();
                        keys++;
                    }
                } else {
                    scanner.skipValue();
                }
            }
        }
        scanner.expectEnd();
        return keys;
    }

    /** Measures Jackson's parser, and returns the number of keys. */
    @Benchmark
    public int jacksonStreaming() throws IOException {
        int keys = 0;
        try (JsonParser parser = factory.createParser(request)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    if (parser.nextToken() == JsonToken.START_OBJECT) {
                        while (parser.nextToken() == JsonToken.FIELD_NAME) {
                            parser.currentName();
                            parser.nextToken();
                            parser.skipChildren();
                            keys++;
                        }
                    } else {
                        parser.getText();
                    }
                }
            }
            parser.nextToken();
        }
        return keys;
    }
}
