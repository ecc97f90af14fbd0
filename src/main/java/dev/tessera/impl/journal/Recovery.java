package dev.tessera.impl.journal;

import dev.tessera.impl.journal.file.JournalFile;
import dev.tessera.impl.journal.file.JournalFiles;
import dev.tessera.impl.journal.format.JournalFrame;
import dev.tessera.impl.journal.format.SegmentHeader;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The recovery of the log at the start. It passes on every payload in order, cuts off what a crash left unfinished, and
 * detects damage.
 *
 * <p>Only the end of the newest segment can be unfinished, because a segment begins only after all earlier ones are on
 * disk. If the next frame there is not whole, one of these cases applies:
 *
 * <ul>
 *   <li>No whole frame follows. A crash interrupted the write of this frame; the recovery cuts it off.
 *   <li>Whole frames follow, but a sector before them was never written, and no {@linkplain JournalFrame#MARK mark}
 *       says that it was on disk. The power failed while the disk wrote unforced sectors in its own order. The recovery
 *       cuts them all off, because none of them was confirmed.
 *   <li>Otherwise data that was on disk is lost. The start fails; a repair skips to the next whole frame.
 * </ul>
 *
 * <p>Thread: one; any thread may read the progress.
 */
public final class Recovery {

    private final JournalFiles files;
    private volatile long bytesTotal;
    private final AtomicLong bytesRead = new AtomicLong();
    private long expected;
    private long cutBytes;
    private long logBytes;

    /** Creates the recovery of a directory that no other process uses. */
    public Recovery(JournalFiles files) {
        this.files = files;
    }

    /** Returns how many bytes the log has; 0 until that is known. */
    public long bytesTotal() {
        return bytesTotal;
    }

    /** Returns how many bytes were read so far. */
    public long bytesRead() {
        return bytesRead.get();
    }

    /**
     * Replays the log. Changes files only after it has replayed everything.
     *
     * @param sink receives every whole payload in the order of the appends
     * @param isRepair whether damage is skipped. Afterwards the log must be rewritten, which {@link Journal} does at
     *     once
     * @throws JournalDamagedException if the log is damaged and this is no repair. The sink may have received some
     *     payloads
     */
    public Recovered run(PayloadSink sink, boolean isRepair) throws IOException, JournalDamagedException {
        CorruptionReport damages = new CorruptionReport(isRepair);
        LogFiles log = LogFiles.in(files, damages);
        PayloadJoiner joiner = new PayloadJoiner(sink);
        expected = 1;
        bytesTotal = bytes(log);
        long newestEnd = 0;
        for (Map.Entry<Long, @Nullable SegmentHeader> entry : log.headers().entrySet()) {
            newestEnd = replay(entry.getKey(), entry.getValue(), log, damages, joiner);
            logBytes += newestEnd;
        }
        if (damages.lines().isEmpty()) {
            finish(log, newestEnd);
        }
        SegmentHeader newest = null;
        for (SegmentHeader header : log.headers().values()) {
            newest = header == null ? newest : header;
        }
        List<Long> segments = Stream.concat(log.headers().keySet().stream(), log.strangers().stream())
                .sorted()
                .toList();
        return new Recovered(
                newest == null ? new SecureRandom().nextLong() : newest.journal(),
                segments,
                log.base(),
                expected,
                logBytes,
                newest == null ? 0 : newest.snapshotBytes(),
                joiner.records(),
                cutBytes,
                damages.lines(),
                damages.segments());
    }

    private long bytes(LogFiles log) throws IOException {
        long total = 0;
        for (long number : log.headers().keySet()) {
            try (JournalFile file = files.open(SegmentName.of(number))) {
                total += file.size();
            }
        }
        return total;
    }

    /** Replays a segment and returns its end. */
    private long replay(
            long number, @Nullable SegmentHeader header, LogFiles log, CorruptionReport damages, PayloadJoiner joiner)
            throws IOException, JournalDamagedException {
        boolean isNewest = number == log.headers().lastKey();
        Map.Entry<Long, @Nullable SegmentHeader> nextEntry = log.headers().higherEntry(number);
        SegmentHeader next = nextEntry == null ? null : nextEntry.getValue();
        try (SegmentReader reader = new SegmentReader(files, number)) {
            long offset = header == null ? 0 : SegmentHeader.BYTES;
            if (header != null && number == log.base()) {
                expected = header.firstSequence();
            } else if (header != null && header.firstSequence() != expected) {
                damages.found(
                        number,
                        0,
                        "it begins with frame " + header.firstSequence() + ", but frame " + expected + " is next");
                joiner.forget();
                expected = Math.max(expected, header.firstSequence());
            }
            while (true) {
                offset = frames(reader, offset, joiner);
                if (next != null ? next.firstSequence() == expected : offset > 0 && reader.isEmpty(offset)) {
                    break;
                }
                long whole = reader.find(offset, expected);
                if (isNewest && (whole == reader.size() || isUnwritten(reader, offset, whole))) {
                    cutBytes = reader.usedBytes(offset);
                    break;
                }
                damages.found(number, offset, "no whole frame begins here, though one was on disk");
                joiner.forget();
                offset = whole;
                if (whole == reader.size()) {
                    break;
                }
                expected = reader.sequence(whole);
            }
            bytesRead.addAndGet(reader.size());
            return offset;
        }
    }

    /** Replays consecutive whole frames and returns the end of the last one. */
    private long frames(SegmentReader reader, long from, PayloadJoiner joiner) throws IOException {
        long offset = from;
        while (reader.isFrame(offset) && reader.sequence(offset) == expected) {
            byte kind = reader.kind(offset);
            if (kind != JournalFrame.MARK) {
                reader.payload(offset, (bytes, start, end) -> joiner.frame(kind, bytes, start, end));
            }
            offset += JournalFrame.OVERHEAD_BYTES + reader.payloadBytes(offset);
            expected++;
        }
        return offset;
    }

    /** Returns whether the broken range between {@code offset} and the next whole frame was never on disk. */
    private boolean isUnwritten(SegmentReader reader, long offset, long whole) throws IOException {
        if (!reader.hasUnwrittenSector(offset, whole)) {
            return false;
        }
        for (long at = whole; at < reader.size(); at = reader.find(at + JournalFrame.OVERHEAD_BYTES, expected)) {
            if (reader.kind(at) == JournalFrame.MARK && reader.marked(at) >= expected) {
                return false;
            }
        }
        return true;
    }

    /**
     * Makes the directory match the replay. First it forces the replayed log to disk, because after the end of a
     * process the log may be only in the memory of the system. Then it deletes superfluous files.
     */
    private void finish(LogFiles log, long newestEnd) throws IOException {
        if (!log.headers().isEmpty()) {
            String name = SegmentName.of(log.headers().lastKey());
            try (JournalFile newest = files.open(name)) {
                newest.truncate(newestEnd);
                newest.force(true);
            }
            if (newestEnd == 0) {
                files.delete(name);
                log.headers().pollLastEntry();
            }
        }
        files.syncDirectory();
        if (!log.superfluous().isEmpty()) {
            for (String name : log.superfluous()) {
                files.delete(name);
            }
            files.syncDirectory();
        }
    }

    /** A joiner of payloads that are split into several frames. Thread: one. */
    private static final class PayloadJoiner {

        private final PayloadSink sink;
        private byte[] open = {};
        private int openBytes;
        private boolean isOpen;
        private long records;

        PayloadJoiner(PayloadSink sink) {
            this.sink = sink;
        }

        /** Adds the next frame. Returns false, and drops the frame, if the beginning of its payload is missing. */
        boolean frame(byte kind, byte[] bytes, int from, int to) throws IOException {
            if (kind == JournalFrame.WHOLE || kind == JournalFrame.FIRST) {
                // A crash has cut off the rest of the open payload.
                forget();
            } else if (!isOpen) {
                return false;
            }
            if (kind == JournalFrame.WHOLE) {
                sink.payload(bytes, from, to);
                records++;
                return true;
            }
            isOpen = true;
            if (open.length - openBytes < to - from) {
                open = Arrays.copyOf(open, Math.max(open.length * 2, openBytes + to - from));
            }
            System.arraycopy(bytes, from, open, openBytes, to - from);
            openBytes += to - from;
            if (kind == JournalFrame.LAST) {
                sink.payload(open, 0, openBytes);
                records++;
                forget();
            }
            return true;
        }

        /** Drops the open payload. */
        void forget() {
            isOpen = false;
            openBytes = 0;
            if (open.length > 4 * JournalFrame.PAYLOAD_BYTES_MAX) {
                open = new byte[0];
            }
        }

        /** Returns how many payloads were passed on. */
        long records() {
            return records;
        }
    }
}
