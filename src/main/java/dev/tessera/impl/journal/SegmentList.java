package dev.tessera.impl.journal;

import dev.tessera.impl.journal.file.JournalFiles;
import java.io.IOException;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The segments that are on disk. Thread: one. */
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

    /** The highest number that was ever used. */
    long last() {
        return last;
    }

    int size() {
        return numbers.size();
    }

    void add(long number) {
        numbers.add(number);
        last = Math.max(last, number);
    }

    /** Deletes the segments before a base that is on disk, from the oldest on; damaged ones get another name. */
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
                    "The journal cannot delete {}, which it does not need any more ({}); it takes up space until then, and will be tried again",
                    SegmentName.of(numbers.first()),
                    e.toString());
        }
    }
}
