package dev.tessera.impl.journal;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A comparison of the journal with RocksDB. It writes the same changes to both in turns, so that other load on the
 * machine affects both, and prints medians of the rounds and of their ratios. The batch size is that of 16 connections
 * with 16 commands in flight each.
 *
 * <pre>
 *   mvn -q -Pjmh -DskipTests test-compile exec:exec -Djmh.main=dev.tessera.impl.journal.EngineComparison -Djmh.args="5 1000000"
 * </pre>
 */
public final class EngineComparison {

    private static final int BATCH = 256;
    /** The divisor of the changes under {@link JournalOptions.Policy#ALWAYS}, because each batch waits for the disk. */
    private static final int ALWAYS_SHARE = 8;

    private static final double NANOS = 1e9;

    private final Map<String, List<double[]>> figures = new LinkedHashMap<>();

    private EngineComparison() {}

    /**
     * Runs the comparison.
     *
     * @param args the number of rounds, and of changes in each
     */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        long changes = args.length > 1 ? Long.parseLong(args[1]) : 1_000_000;
        EngineComparison comparison = new EngineComparison();
        Engine[] engines = {new JournalEngine(), new RocksEngine()};
        // The first round warms up.
        for (int round = 0; round <= rounds; round++) {
            comparison.round(engines, changes, round > 0);
        }
        comparison.print();
    }

    private void round(Engine[] engines, long changes, boolean counts) throws Exception {
        for (JournalOptions.Policy policy : JournalOptions.Policy.values()) {
            long share = policy == JournalOptions.Policy.ALWAYS ? changes / ALWAYS_SHARE : changes;
            double[] seconds = new double[engines.length];
            double[] cpuMicros = new double[engines.length];
            double[] recovery = new double[engines.length];
            double[] megabytes = new double[engines.length];
            for (int i = 0; i < engines.length; i++) {
                Path directory = Files.createTempDirectory("engine");
                try {
                    engines[i].open(directory, policy);
                    long cpu = cpuNanos();
                    long start = System.nanoTime();
                    for (long from = 0; from < share; from += BATCH) {
                        engines[i].write(from, (int) Math.min(BATCH, share - from));
                    }
                    engines[i].close();
                    seconds[i] = (System.nanoTime() - start) / NANOS;
                    cpuMicros[i] = (cpuNanos() - cpu) / 1e3 / share;
                    megabytes[i] = bytes(directory) / 1e6;
                    start = System.nanoTime();
                    long keys = engines[i].recover(directory);
                    recovery[i] = (System.nanoTime() - start) / NANOS;
                    if (keys != share) {
                        throw new IllegalStateException(engines[i].name() + " has " + keys + " keys of " + share);
                    }
                } finally {
                    delete(directory);
                }
            }
            if (counts) {
                String name = policy.name().toLowerCase(Locale.ROOT);
                add(name + ", changes/s", share / seconds[0], share / seconds[1]);
                add(name + ", CPU us per change", cpuMicros[0], cpuMicros[1]);
                if (policy == JournalOptions.Policy.EVERYSEC) {
                    add("recovery of " + share + " keys, s", recovery[0], recovery[1]);
                    add("on disk, MB", megabytes[0], megabytes[1]);
                }
            }
        }
    }

    private void add(String name, double journal, double rocks) {
        figures.computeIfAbsent(name, n -> new ArrayList<>()).add(new double[] {journal, rocks, journal / rocks});
    }

    private void print() throws Exception {
        System.out.printf(Locale.ROOT, "%-32s %12s %12s %8s%n", "median of rounds", "journal", "rocksdb", "ratio");
        figures.forEach((name, rounds) -> System.out.printf(
                Locale.ROOT,
                "%-32s %12.2f %12.2f %8.2f%n",
                name,
                median(rounds, 0),
                median(rounds, 1),
                median(rounds, 2)));
        Path jar = Path.of(org.rocksdb.RocksDB.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        System.out.printf(Locale.ROOT, "%-32s %12s %12.1f%n", "jar, MB", "-", Files.size(jar) / 1e6);
    }

    private static double median(List<double[]> rounds, int column) {
        double[] sorted =
                rounds.stream().mapToDouble(round -> round[column]).sorted().toArray();
        return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long bytes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
