package dev.tessera.cli;

import dev.tessera.config.ConfigurationException;
import dev.tessera.config.Origin;

/** The exit codes of the process. After a signal, the JVM returns 128 + the number of the signal instead. */
final class ExitCode {

    /** The command succeeded. */
    static final int OK = 0;

    /** The process could not start, for example because the configuration file is wrong or the port is in use. */
    static final int FAILED = 1;

    /** The command line or the environment is wrong: an unknown option, or an unusable value. */
    static final int USAGE = 2;

    /** The process ran out of memory; {@code -XX:+ExitOnOutOfMemoryError} of the JVM has the same code. */
    static final int OUT_OF_MEMORY = 3;

    private ExitCode() {}

    /** Returns the code for a wrong configuration. */
    static int of(ConfigurationException e) {
        Origin.Kind kind = e.origin().kind();
        return kind == Origin.Kind.FLAG || kind == Origin.Kind.ENVIRONMENT ? USAGE : FAILED;
    }
}
