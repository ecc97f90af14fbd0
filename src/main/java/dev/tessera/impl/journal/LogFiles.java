package dev.tessera.impl.journal;

import dev.tessera.impl.journal.file.JournalFiles;
import dev.tessera.impl.journal.format.SegmentHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files in a journal's directory, classified by name and header.
 *
 * @param headers the headers of the log's segments, beginning with the base. Null if the newest segment, or in a repair
 *     any segment, has no whole header
 * @param strangers segments of another log, which a repair leaves out
 * @param base the number of the segment with which the replay begins; 0 if there is no log
 * @param superfluous files that do not belong to the log and may be deleted
 */
record LogFiles(
        NavigableMap<Long, @Nullable SegmentHeader> headers,
        List<Long> strangers,
        long base,
        List<String> superfluous) {

    /** Reads the directory, and the headers of all segments. */
    static LogFiles in(JournalFiles files, CorruptionReport damages) throws IOException, JournalDamagedException {
        List<String> superfluous = new ArrayList<>();
        NavigableMap<Long, @Nullable SegmentHeader> headers = new TreeMap<>();
        for (String name : files.list()) {
            long number = SegmentName.numberIn(name);
            if (number != 0) {
                headers.put(number, header(files, number, damages));
            } else if (name.endsWith(SegmentName.PENDING)) {
                superfluous.add(name);
            }
        }
        dropUnused(files, headers, superfluous);

        long base = 0;
        @Nullable SegmentHeader newest = null;
        for (SegmentHeader header : headers.values()) {
            if (header != null) {
                newest = header;
                base = header.base();
            }
        }
        if (base == 0 && !headers.isEmpty()) {
            base = headers.firstKey();
        }
        for (long number : headers.headMap(base).keySet()) {
            superfluous.add(SegmentName.of(number));
        }
        headers.headMap(base).clear();
        List<Long> strangers = strangers(headers, newest, damages);
        check(headers, base, damages);
        return new LogFiles(headers, strangers, base, superfluous);
    }

    /** Drops the newest segments that have no whole frame: those of the pool, and one that a crash interrupted. */
    private static void dropUnused(
            JournalFiles files, NavigableMap<Long, @Nullable SegmentHeader> headers, List<String> superfluous)
            throws IOException {
        while (!headers.isEmpty() && headers.lastEntry().getValue() == null) {
            try (SegmentReader reader = new SegmentReader(files, headers.lastKey())) {
                if (reader.find(0, 1) < reader.size()) {
                    return;
                }
            }
            superfluous.add(SegmentName.of(headers.pollLastEntry().getKey()));
        }
    }

    private static List<Long> strangers(
            NavigableMap<Long, @Nullable SegmentHeader> headers,
            @Nullable SegmentHeader newest,
            CorruptionReport damages)
            throws JournalDamagedException {
        List<Long> strangers = new ArrayList<>();
        for (var entry : headers.entrySet()) {
            SegmentHeader header = entry.getValue();
            if (header != null
                    && newest != null
                    && (header.journal() != newest.journal() || header.number() != entry.getKey())) {
                damages.found(
                        entry.getKey(), 0, "this is a segment of another journal, or another segment of this one");
                strangers.add(entry.getKey());
            }
        }
        strangers.forEach(headers::remove);
        return strangers;
    }

    private static void check(NavigableMap<Long, @Nullable SegmentHeader> headers, long base, CorruptionReport damages)
            throws JournalDamagedException {
        long expected = base;
        for (var entry : headers.entrySet()) {
            for (; expected < entry.getKey(); expected++) {
                damages.found(expected, 0, "the segment is missing");
            }
            if (entry.getValue() == null && !entry.getKey().equals(headers.lastKey())) {
                damages.found(expected, 0, "the header is damaged");
            }
            expected++;
        }
    }

    private static @Nullable SegmentHeader header(JournalFiles files, long number, CorruptionReport damages)
            throws IOException, JournalDamagedException {
        try (SegmentReader reader = new SegmentReader(files, number)) {
            SegmentHeader header = reader.header();
            if (header != null && !SegmentHeader.isKnown(reader.version())) {
                throw damages.refusal(
                        number,
                        0,
                        "another version of Tessera wrote this segment (format " + reader.version()
                                + "); start that version");
            }
            return header;
        }
    }
}
