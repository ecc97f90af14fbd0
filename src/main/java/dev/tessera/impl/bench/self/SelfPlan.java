package dev.tessera.impl.bench.self;

import java.util.List;

/**
 * What {@code bench --self} is to do.
 *
 * @param program how this program is started: the JVM and its arguments up to the main class
 * @param version the version of this program, for the report
 * @param serverJvm JVM flags of the servers
 * @param redis the program of the Redis server, or {@link #NO_REDIS}
 * @param tables which tables are made
 * @param runs how often each cell is measured
 * @param seconds how long one run is measured
 * @param warmupSeconds the time before that
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

    /** JVM flags of the servers where nothing else is asked for. */
    public static final String DEFAULT_SERVER_JVM = "-XX:+UseParallelGC";
}
