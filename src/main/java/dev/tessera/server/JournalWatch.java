package dev.tessera.server;

import dev.tessera.journal.Admission;
import dev.tessera.journal.JournalHealth;
import dev.tessera.management.Readiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log and to the health endpoint when the journal refuses changes, and when it takes them again. Thread: the journal's. */
final class JournalWatch {

  private static final Logger LOG = LoggerFactory.getLogger(JournalWatch.class);

  private final Readiness readiness;
  private String told = "";

  JournalWatch(Readiness readiness) {
    this.readiness = readiness;
  }

  /** Is told how the journal is. */
  void see(JournalHealth health) {
    boolean refuses = health.admission() == Admission.STORAGE_FULL || health.admission() == Admission.UNAVAILABLE;
    String reason = refuses ? health.reason() : "";
    if (reason.equals(told)) {
      return;
    }
    if (refuses) {
      LOG.warn("The journal takes no changes: {}. Commands that write are answered with {}, others go on", reason,
          health.admission() == Admission.STORAGE_FULL ? "205" : "200");
    } else {
      LOG.info("The journal takes changes again");
    }
    told = reason;
    readiness.trouble(reason);
  }
}
