package dev.tessera.impl.jsonpath;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.jayway.jsonpath.Configuration;
import dev.tessera.impl.jsonpath.budget.Budgets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
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
import org.slf4j.LoggerFactory;

/**
 * A benchmark of a filter over an array of 200 objects, about 24 KB, against Jayway's json-path with its defaults.
 *
 * <p>Stored values are bytes, so {@code jaywayFromBytes} is the real cost of json-path. {@code jaywayOnTree} is its
 * best case without parsing: a tree that is already in memory. Compare the medians (p0.50), because other load on the
 * machine affects averages more.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FilterBenchmark {

    private static final int ELEMENTS = 200;
    private static final String QUERY = "$[?(@.make == 'Samsung' && @.price > 500)]";
    private static final String[] MAKES = {"Samsung", "Apple", "Nokia", "Sony"};

    private byte[] json;
    private JsonPath ours;
    private com.jayway.jsonpath.JsonPath jayway;
    private Configuration configuration;
    private Object tree;

    /**
     * Creates the array, which is the same in every run. Switches off json-path's debug log, which would slow it down.
     */
    @Setup
    public void prepare() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        Random random = new Random(1);
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < ELEMENTS; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"id\":")
                    .append(i)
                    .append(",\"make\":\"")
                    .append(MAKES[random.nextInt(MAKES.length)])
                    .append("\",\"model\":\"Model ")
                    .append(random.nextInt(1000))
                    .append("\",\"price\":")
                    .append(random.nextInt(1000))
                    .append(".99,\"stock\":{\"here\":")
                    .append(random.nextInt(50))
                    .append(",\"there\":")
                    .append(random.nextInt(50))
                    .append("},\"tags\":[\"phone\",\"5g\"]}");
        }
        json = text.append(']').toString().getBytes(StandardCharsets.UTF_8);
        ours = JsonPath.compile(QUERY);
        jayway = com.jayway.jsonpath.JsonPath.compile(QUERY);
        configuration = Configuration.defaultConfiguration();
        tree = configuration.jsonProvider().parse(json);
        List<?> found = jayway.read(tree, configuration);
        if (found.size() != tessera()) {
            throw new IllegalStateException("the engines disagree");
        }
    }

    /** Measures this engine on the bytes. */
    @Benchmark
    public int tessera() {
        int[] count = new int[1];
        ours.forEach(json, 0, json.length, Budgets.unlimited(), node -> count[0]++);
        return count[0];
    }

    /** Measures finding the end of the array, which is the lower bound without an index. */
    @Benchmark
    public int scanOnly() {
        return new dev.tessera.impl.jsonpath.text.JsonNavigator(json, 0, json.length, Budgets.unlimited()).end(0);
    }

    /** Measures Jayway on the bytes. */
    @Benchmark
    public Object jaywayFromBytes() {
        return jayway.read(configuration.jsonProvider().parse(json), configuration);
    }

    /** Measures Jayway on an existing tree. */
    @Benchmark
    public Object jaywayOnTree() {
        return jayway.read(tree, configuration);
    }
}
