package dev.tessera.impl.journal;

/** When an image is to be written, and how far the one under way is. Thread: the journal's writer. */
final class SnapshotProgress {

    /** With no space to reserve more, an image is tried where it may free at least this share. */
    private static final double FULL_FACTOR = 1.25;

    private final JournalOptions options;
    private final SegmentPool reserve;
    private final SpaceBudget room;
    private long number;
    private boolean isUnderWay;
    private boolean isComplete;
    private long bytes;

    SnapshotProgress(JournalOptions options, SegmentPool reserve, SpaceBudget room) {
        this.options = options;
        this.reserve = reserve;
        this.room = room;
    }

    /** Whether the log is long enough for an image, and none is under way. */
    boolean isDue(LogWriter log) {
        if (isUnderWay) {
            return false;
        }
        if (reserve.isFull() && room.left() >= options.imageRoomBytes()) {
            return log.logBytes() > FULL_FACTOR * log.imageBytes() + options.segmentBytes();
        }
        return log.logBytes() > Math.max(options.compactBytesMin(), options.compactFactor() * log.imageBytes());
    }

    /** Begins one, and says its number. */
    long begin() {
        isUnderWay = true;
        isComplete = false;
        bytes = 0;
        return ++number;
    }

    /** Says that bytes of it were written. */
    void wrote(long more) {
        bytes += more;
    }

    /** How many bytes of it were written. */
    long bytes() {
        return bytes;
    }

    /** Says that all of the image of this number was written. */
    void end(long image) {
        isComplete = isUnderWay && image == number;
    }

    boolean isComplete() {
        return isComplete;
    }

    /** There is none under way any more. */
    void giveUp() {
        isUnderWay = false;
        isComplete = false;
    }
}
