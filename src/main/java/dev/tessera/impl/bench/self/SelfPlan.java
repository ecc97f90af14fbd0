package dev.tessera.impl.bench.self;

import java.util.List;

/**
 * The parameters of {@code bench --self}.
 *
 * @param program the command line of this program, up to the main class
 * @param version the version of this program, for the report
 * @param serverJvm the JVM flags of the servers
 * @param redis the Redis server program, or {@link #NO_REDIS}
 * @param tables the tables to make
 * @param runs the number of runs of each cell
 * @param seconds the measured time of one run
 * @param warmupSeconds the warm-up time of one run
 */
public record SelfPlan(
        Program program,
        String version,
        List<String> serverJvm,
        String redis,
        List<Table> tables,
        int runs,
        int seconds,
        int warmupSeconds) {

    /** The value of {@link #redis} that leaves Redis out. */
    public static final String NO_REDIS = "none";

    /** The default JVM flags of the servers. */
    public static final String DEFAULT_SERVER_JVM = "-XX:+UseParallelGC";
}
