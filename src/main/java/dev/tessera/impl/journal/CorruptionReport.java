package dev.tessera.impl.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The damage that a recovery finds. It ends a normal recovery; a repair records it and continues. */
final class CorruptionReport {

    private final boolean isRepair;
    private final List<String> lines = new ArrayList<>();
    private final Set<Long> segments = new TreeSet<>();

    CorruptionReport(boolean isRepair) {
        this.isRepair = isRepair;
    }

    /** Records damage if this is a repair, and otherwise throws. */
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

    /** Returns the exception for damage that a repair cannot skip. */
    JournalDamagedException refusal(long segment, long offset, String what) {
        return new JournalDamagedException(SegmentName.of(segment), offset, what);
    }

    /** Returns one line for each damage. */
    List<String> lines() {
        return lines;
    }

    /** Returns the numbers of the damaged segments. */
    Set<Long> segments() {
        return segments;
    }
}
