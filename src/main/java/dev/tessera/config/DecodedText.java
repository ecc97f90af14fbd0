package dev.tessera.config;

/**
 * A check of text from the environment. The JVM decodes it by the locale of the process, and puts U+FFFD in the place
 * of each byte that the locale does not have. Under {@code LC_ALL=C}, all non-ASCII texts of one length become equal,
 * so two different secrets would be one.
 */
final class DecodedText {

    private static final char REPLACEMENT = '\uFFFD';

    private DecodedText() {}

    /**
     * Throws if some of a text was lost.
     *
     * @throws ConfigurationException with the remedies
     */
    static void requireWhole(String text, Setting<?> setting, Origin origin) {
        if (text.indexOf(REPLACEMENT) >= 0) {
            throw new ConfigurationException(
                    origin,
                    "the locale of this process cannot decode its value: start the server with LC_ALL=C.UTF-8, or set "
                            + setting + " in the configuration file");
        }
    }
}
