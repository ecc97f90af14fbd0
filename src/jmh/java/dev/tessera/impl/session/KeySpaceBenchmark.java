package dev.tessera.impl.session;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A benchmark of finding and replacing a key in bytes, as from the wire, against a map from strings to bytes. The order
 * of use differs from the order of insertion.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class KeySpaceBenchmark {

    private static final byte[] VALUE = ("\"" + "v".repeat(48) + "\"").getBytes(StandardCharsets.US_ASCII);

    /** Odd, so that the steps visit all keys. */
    private static final int STEP = 0x9E3779B1;

    /** The number of keys; a power of two. */
    @Param({"8", "1024", "1048576"})
    private int keys;

    private final KeySpace keySpace = new KeySpace();
    private final Map<String, byte[]> map = new HashMap<>();
    private byte[][] names;
    private int next;

    /** Fills the key space and the map. */
    @Setup
    public void prepare() {
        names = new byte[keys][];
        for (int i = 0; i < keys; i++) {
            String name = String.format(Locale.ROOT, "key:%07d", i);
            names[i] = name.getBytes(StandardCharsets.US_ASCII);
            keySpace.put(names[i], 0, names[i].length, VALUE, 0, VALUE.length);
            map.put(name, VALUE.clone());
        }
    }

    /** Finds a key. */
    @Benchmark
    public Object tesseraGet() {
        byte[] name = name();
        return keySpace.get(name, 0, name.length);
    }

    /** Replaces a key. */
    @Benchmark
    public boolean tesseraPut() {
        byte[] name = name();
        return keySpace.put(name, 0, name.length, VALUE, 0, VALUE.length);
    }

    /** Finds a key in a map. */
    @Benchmark
    public Object hashMapGet() {
        return map.get(new String(name(), StandardCharsets.UTF_8));
    }

    /** Replaces a key in a map. */
    @Benchmark
    public Object hashMapPut() {
        return map.put(new String(name(), StandardCharsets.UTF_8), Arrays.copyOf(VALUE, VALUE.length));
    }

    private byte[] name() {
        next += STEP;
        return names[next & keys - 1];
    }
}
