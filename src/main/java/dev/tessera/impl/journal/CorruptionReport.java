package dev.tessera.impl.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is found to be damaged: the end of a recovery, or noted by a repair. */
final class CorruptionReport {

    private final boolean isRepair;
    private final List<String> lines = new ArrayList<>();
    private final Set<Long> segments = new TreeSet<>();

    CorruptionReport(boolean isRepair) {
        this.isRepair = isRepair;
    }

    /** Notes a damage, for a repair. */
    void found(long segment, long offset, String what) throws JournalDamagedException {
        if (!isRepair) {
            throw refusal(
                    segment,
                    offset,
                    what + "; restore the directory from a backup, or start with --repair to keep all that is whole");
        }
        lines.add(SegmentName.of(segment) + " at byte " + offset + ": " + what);
        segments.add(segment);
    }

    /** What is thrown where even a repair is of no use. */
    JournalDamagedException refusal(long segment, long offset, String what) {
        return new JournalDamagedException(SegmentName.of(segment), offset, what);
    }

    List<String> lines() {
        return lines;
    }

    Set<Long> segments() {
        return segments;
    }
}
