package dev.tessera;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The version of this program. The build writes it into {@code dev/tessera/version.properties}. */
public final class Version {

    private static final String CURRENT = read();

    private Version() {}

    /** Returns the version, such as {@code 0.1.0}. May be called from any thread. */
    public static String current() {
        return CURRENT;
    }

    private static String read() {
        try (InputStream in = Objects.requireNonNull(Version.class.getResourceAsStream("version.properties"))) {
            Properties properties = new Properties();
            properties.load(in);
            return Objects.requireNonNull(properties.getProperty("version"), "version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
