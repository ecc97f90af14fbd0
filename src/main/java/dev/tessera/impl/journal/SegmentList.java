package dev.tessera.impl.journal;

import dev.tessera.impl.journal.file.FilesGoneException;
import dev.tessera.impl.journal.file.JournalFiles;
import java.io.IOException;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The segments of the log that are on disk. Thread: one. */
final class SegmentList {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentList.class);

    private final JournalFiles files;
    private final NavigableSet<Long> numbers;
    private final Set<Long> damaged;
    private long last;

    SegmentList(JournalFiles files, Recovered recovered) {
        this.files = files;
        numbers = new TreeSet<>(recovered.segments());
        damaged = recovered.damaged();
        last = numbers.isEmpty() ? 0 : numbers.last();
    }

    /** Returns the highest number that was ever used. */
    long last() {
        return last;
    }

    /** Returns the highest number in the directory or of this log, because somebody may have put other files there. */
    long lastInDirectory() throws IOException {
        for (String name : files.list()) {
            last = Math.max(last, SegmentName.numberIn(name));
        }
        return last;
    }

    /** Throws if a segment is not in the directory. */
    void requireAllInPlace() throws FilesGoneException {
        for (long number : numbers) {
            String name = SegmentName.of(number);
            if (!files.exists(name)) {
                throw new FilesGoneException(name);
            }
        }
    }

    int size() {
        return numbers.size();
    }

    void add(long number) {
        numbers.add(number);
        last = Math.max(last, number);
    }

    /**
     * Deletes the segments before {@code base}, the oldest first, and renames damaged ones. The base must be on disk.
     */
    void dropBefore(long base) {
        try {
            while (!numbers.isEmpty() && numbers.first() < base) {
                long number = numbers.first();
                String name = SegmentName.of(number);
                if (damaged.contains(number)) {
                    files.rename(name, name + SegmentName.DAMAGED);
                } else {
                    files.delete(name);
                }
                numbers.pollFirst();
            }
            files.syncDirectory();
        } catch (IOException e) {
            LOG.warn(
                    "The journal cannot delete {}, which it no longer needs ({}). The file occupies space until "
                            + "a later attempt succeeds",
                    SegmentName.of(numbers.first()),
                    e.toString());
        }
    }
}
