package dev.tessera.cli;

import dev.tessera.config.ConfigurationException;
import dev.tessera.config.Origin;

/**
 * What the process returns to whoever started it. Stopped by a signal, the JVM returns 128 + the signal's number
 * instead.
 */
final class ExitCode {

    /** It did what was asked. */
    static final int OK = 0;

    /** It could not start: the configuration file must be mended, or the port is in use. */
    static final int FAILED = 1;

    /** What was typed must be mended: an unknown option, or an unusable value in a flag or environment variable. */
    static final int USAGE = 2;

    private ExitCode() {}

    static int of(ConfigurationException e) {
        Origin.Kind kind = e.origin().kind();
        return kind == Origin.Kind.FLAG || kind == Origin.Kind.ENVIRONMENT ? USAGE : FAILED;
    }
}
