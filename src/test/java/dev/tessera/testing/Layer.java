package dev.tessera.testing;

/**
 * The tags of the tests. Each test class has one, by which {@code mvn test -Dgroups=...} selects it; docs/testing.md
 * tells which question each layer answers.
 */
public final class Layer {

    /** One class or package, without sockets. */
    public static final String UNIT = "unit";
    /** Seeded random inputs or schedules, held to a model. */
    public static final String MODEL = "model";
    /** Several packages in this JVM, mostly a server with its sockets. */
    public static final String COMPONENT = "component";
    /** The jar in a process of its own. */
    public static final String PROCESS = "process";
    /** Several members of a cluster, in this JVM or in processes. */
    public static final String CLUSTER = "cluster";
    /** The journal after a crash, a power loss or a failure of its disk. */
    public static final String CRASH = "crash";
    /** Clients that other people wrote. */
    public static final String CLIENT = "client";
    /** The pages and the examples. */
    public static final String DOCS = "docs";
    /** Random load on a whole server, for as long as one likes. */
    public static final String SOAK = "soak";
    /** The dependencies between packages. */
    public static final String ARCHITECTURE = "architecture";

    private Layer() {}
}
