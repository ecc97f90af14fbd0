package dev.tessera.impl.bench.self;

import dev.tessera.impl.bench.BenchException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The benchmark of this program on this machine. It makes the tables of a plan one after another. */
public final class SelfBench {

    private SelfBench() {}

    /**
     * Measures and prints the tables.
     *
     * @param out the output for the tables, as Markdown
     * @param log the output for the progress
     * @throws BenchException if a server or the generator does not start, or a run has errors
     */
    public static void run(SelfPlan plan, PrintWriter out, PrintWriter log) throws InterruptedException {
        Path directory = temporaryDirectory();
        try {
            if (!Cores.canPin()) {
                log.println("Not pinned to cores, because this needs taskset and two cores. Figures vary more.");
            }
            out.println(head(plan, directory));
            Runs runs = new Runs(plan, directory, log);
            for (Table table : plan.tables()) {
                out.println(table.make(runs));
                out.flush();
            }
        } finally {
            delete(directory);
        }
    }

    private static String head(SelfPlan plan, Path directory) throws InterruptedException {
        return "Tessera " + plan.version() + " on " + Machine.describe()
                + (Cores.canPin() ? "" : ", not pinned to cores")
                + "; " + Machine.jvm() + " with `" + String.join(" ", plan.serverJvm()) + "`"
                + (RedisUnderTest.isAvailable(plan)
                        ? "; Redis " + RedisUnderTest.version(plan, directory)
                        : "; no Redis")
                + ". Median of " + plan.runs() + " runs of " + plan.seconds() + " s.\n";
    }

    /** Creates a directory that contains no configuration file. */
    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("tessera-bench");
        } catch (IOException e) {
            throw new BenchException("cannot make a temporary directory: " + e.getMessage(), e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new BenchException("cannot delete " + directory + ": " + e.getMessage(), e);
        }
    }
}
