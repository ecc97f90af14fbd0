package dev.tessera.config;

/** The time at which a change is on disk. */
public enum JournalMode {
    /** Never: the data ends with the process. */
    OFF,
    /** Within a second after the change. */
    EVERYSEC,
    /** Before the reply leaves. */
    ALWAYS;

    /** Returns the mode that a configuration asks for. A data directory alone means {@link #EVERYSEC}. */
    public static JournalMode of(Configuration configuration) {
        boolean alone = !configuration.get(Settings.CLUSTER_ENABLED);
        return configuration
                .get(Settings.JOURNAL)
                .orElse(alone && configuration.get(Settings.DATA_DIR).isPresent() ? EVERYSEC : OFF);
    }
}
