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
    return configuration.get(Settings.JOURNAL)
        .orElse(configuration.get(Settings.DATA_DIR).isPresent() && !configuration.get(Settings.CLUSTER_ENABLED) ? EVERYSEC : OFF);
  }
}
