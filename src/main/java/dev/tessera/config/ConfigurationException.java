package dev.tessera.config;

/**
 * An error in the configuration. The message is one line that names the source, the setting and the allowed values. It
 * shows no secrets.
 */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Origin origin;

    /**
     * Creates the exception.
     *
     * @param origin the source of the wrong value
     * @param problem one line that names the setting
     */
    public ConfigurationException(Origin origin, String problem) {
        super(origin + ": " + problem);
        this.origin = origin;
    }

    /** Returns the source that the user must fix. */
    public Origin origin() {
        return origin;
    }
}
