package dev.tessera.impl.bench.self;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.bench.self.Runs.Medians;
import dev.tessera.impl.bench.self.Runs.Pair;
import dev.tessera.testing.Layer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class RunsTest {

    private static final Cell CELL = Cell.of("set", 16, 1);

    private final List<String> order = new ArrayList<>();
    private final StringWriter log = new StringWriter();
    private final Runs runs = runs(1);

    @Test
    void shouldReturnTheMedianWithoutTheWarmUpRuns() throws Exception {
        Pair pair = new Pair(new Fake("a", 1e9, 1e9, 1e9, 1e9, 10, 30, 20), CELL);

        Medians medians = runs.medians(List.of(pair));

        assertThat(medians.get(pair).requestsPerSecond()).isEqualTo(20);
    }

    @Test
    void shouldMeasureInTurns() throws Exception {
        runs.medians(List.of(
                new Pair(new Fake("a", 1, 1, 1, 1, 1, 1, 1), CELL),
                new Pair(new Fake("b", 1, 1, 1, 1, 1, 1, 1), CELL)));

        assertThat(order).containsExactly("a", "a", "a", "a", "b", "b", "b", "b", "a", "b", "a", "b", "a", "b");
        assertThat(log.toString().lines()).hasSize(14).last().asString().startsWith("b, set 16 x 1, run 3 of 3: ");
    }

    @Test
    void shouldNotWarmUpWithoutAWarmUpTime() throws Exception {
        runs(0).medians(List.of(new Pair(new Fake("a", 1, 1, 1), CELL)));

        assertThat(order).hasSize(3);
    }

    @Test
    void shouldWarmUpOnceForTheSameWork() throws Exception {
        Fake system = new Fake("a", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        runs.medians(List.of(new Pair(system, CELL)));

        runs.medians(List.of(new Pair(system, Cell.of("set", 64, 16))));

        assertThat(order).hasSize(10);
    }

    @Test
    void shouldAverageTheMiddleTwoIfTheirNumberIsEven() {
        assertThat(Sample.median(List.of(sample(1), sample(4), sample(3), sample(2)))
                        .p99Us())
                .isEqualTo(2.5);
    }

    private static Sample sample(double figure) {
        return new Sample(figure, figure, figure, figure, figure, figure, figure);
    }

    private final class Fake implements SystemUnderTest {

        private final String name;
        private final Iterator<Double> figures;

        private Fake(String name, double... figures) {
            this.name = name;
            this.figures = Arrays.stream(figures).iterator();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Sample measure(Cell cell) {
            order.add(name);
            return sample(figures.next());
        }

        @Override
        public void close() {
            order.add("closed " + name);
        }
    }

    private Runs runs(int warmupSeconds) {
        Program program = new Program("java", "classes", "Main");
        return new Runs(
                new SelfPlan(program, "1.0.0", List.of(), SelfPlan.NO_REDIS, List.of(), 3, 1, warmupSeconds),
                Path.of("."),
                new PrintWriter(log));
    }
}
