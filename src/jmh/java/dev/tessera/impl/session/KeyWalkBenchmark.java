package dev.tessera.impl.session;

import java.nio.charset.StandardCharsets;
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

/** A benchmark of pages of 1,000 keys, one after the other, and of a whole walk that finds nothing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class KeyWalkBenchmark {

    private static final byte[] VALUE = ("\"" + "v".repeat(48) + "\"").getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ALL = {};
    private static final byte[] NOTHING = "nothing".getBytes(StandardCharsets.US_ASCII);
    private static final int PAGE = 1000;

    /** The number of keys. */
    @Param({"10000", "1000000"})
    private int keys;

    private final KeySpace keySpace = new KeySpace();
    private long next;
    private int taken;
    private long bytes;

    /** Fills the key space. */
    @Setup
    public void prepare() {
        for (int i = 0; i < keys; i++) {
            byte[] name = ("key:" + i).getBytes(StandardCharsets.US_ASCII);
            keySpace.put(name, 0, name.length, VALUE, 0, VALUE.length);
        }
    }

    /** Takes a page. */
    @Benchmark
    public long page() {
        KeyWalk slice = new KeyWalk(ALL, next, Long.MAX_VALUE);
        taken = 0;
        keySpace.walk(slice, (records, from, count) -> {
            if (taken == PAGE) {
                return false;
            }
            taken++;
            bytes += records[from].length;
            return true;
        });
        next = slice.ended() ? 0 : slice.next();
        return bytes;
    }

    /** Walks over all keys, none of which has the prefix. */
    @Benchmark
    public long nothing() {
        KeyWalk slice = new KeyWalk(NOTHING, 0, Long.MAX_VALUE);
        keySpace.walk(slice, (records, from, count) -> true);
        return slice.work();
    }
}
