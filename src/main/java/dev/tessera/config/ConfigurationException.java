package dev.tessera.config;

/**
 * Says in one line what is wrong with the configuration, where, and what would be right. Secret values are not in it.
 */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Origin origin;

    /**
     * A problem that was found.
     *
     * @param problem one line that names the setting
     */
    public ConfigurationException(Origin origin, String problem) {
        super(origin + ": " + problem);
        this.origin = origin;
    }

    /** The source that must be mended. */
    public Origin origin() {
        return origin;
    }
}
