package dev.tessera.config;

/** When what was changed is on disk. */
public enum JournalMode {
    /** Never: what is in memory ends with the process. */
    OFF,
    /** Within a second. */
    EVERYSEC,
    /** Before the reply leaves. */
    ALWAYS;

    /** What a configuration asks for. */
    public static JournalMode of(Configuration configuration) {
        boolean alone = !configuration.get(Settings.CLUSTER_ENABLED);
        return configuration
                .get(Settings.JOURNAL)
                .orElse(alone && configuration.get(Settings.DATA_DIR).isPresent() ? EVERYSEC : OFF);
    }
}
