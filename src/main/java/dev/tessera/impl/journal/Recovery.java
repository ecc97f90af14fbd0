package dev.tessera.impl.journal;

import dev.tessera.impl.journal.file.JournalFile;
import dev.tessera.impl.journal.file.JournalFiles;
import dev.tessera.impl.journal.format.JournalFrame;
import dev.tessera.impl.journal.format.SegmentHeader;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads the log at the start: hands over every payload in order, cuts off what a crash has left unfinished, and finds
 * damage.
 *
 * <p>A crash can leave things unfinished at the end of the newest segment alone, since a segment is begun when all
 * before it is on disk. There, where a frame is expected and none is whole, one of these holds:
 *
 * <ul>
 *   <li>No whole frame follows. The frame was being written; it is cut off.
 *   <li>Whole frames follow, a sector before them was never written, and no {@linkplain JournalFrame#MARK mark} says
 *       that it was on disk. The power was lost, and the disk had written what was not forced in an order of its own.
 *       All of that is cut off: none of it was confirmed.
 *   <li>Else something was on disk, and is not any more. The start fails; a repair skips to the next whole frame.
 * </ul>
 *
 * <p>Thread: one; the numbers on progress may be asked for by any.
 */
public final class Recovery {

    private final JournalFiles files;
    private volatile long bytesTotal;
    private volatile long bytesRead;
    private PayloadJoiner joiner;
    private long expected;
    private long cutBytes;
    private long logBytes;

    /** Of a directory that no other process uses. */
    public Recovery(JournalFiles files) {
        this.files = files;
    }

    /** How many bytes there are to be read, once that is known. */
    public long bytesTotal() {
        return bytesTotal;
    }

    /** How many bytes were read. */
    public long bytesRead() {
        return bytesRead;
    }

    /**
     * Replays the log. Only when all of it was replayed are files changed.
     *
     * @param sink is given every payload that is whole, in the order in which they were appended
     * @param isRepair whether what is damaged is skipped. Then the log must be written anew, which {@link Journal} does
     *     at once
     * @throws JournalDamagedException where it is damaged, and this is no repair; some payloads may have been handed
     *     over then
     */
    public Recovered run(PayloadSink sink, boolean isRepair) throws IOException, JournalDamagedException {
        CorruptionReport damages = new CorruptionReport(isRepair);
        LogFiles log = LogFiles.in(files, damages);
        joiner = new PayloadJoiner(sink);
        expected = 1;
        for (long number : log.headers().keySet()) {
            try (JournalFile file = files.open(SegmentName.of(number))) {
                bytesTotal += file.size();
            }
        }
        long newestEnd = 0;
        for (Map.Entry<Long, SegmentHeader> entry : log.headers().entrySet()) {
            newestEnd = replay(entry.getKey(), entry.getValue(), log, damages);
            logBytes += newestEnd;
        }
        if (damages.lines().isEmpty()) {
            finish(log, newestEnd);
        }
        SegmentHeader newest =
                log.headers().values().stream().reduce(null, (before, header) -> header == null ? before : header);
        List<Long> segments = Stream.concat(log.headers().keySet().stream(), log.strangers().stream())
                .sorted()
                .toList();
        return new Recovered(
                newest == null ? new SecureRandom().nextLong() : newest.journal(),
                segments,
                log.base(),
                expected,
                logBytes,
                newest == null ? 0 : newest.imageBytes(),
                joiner.records(),
                cutBytes,
                damages.lines(),
                damages.segments());
    }

    /** Replays a segment; says where it ends. */
    private long replay(long number, SegmentHeader header, LogFiles log, CorruptionReport damages)
            throws IOException, JournalDamagedException {
        boolean isNewest = number == log.headers().lastKey();
        SegmentHeader next = isNewest ? null : log.headers().higherEntry(number).getValue();
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
                offset = frames(reader, offset);
                if (next != null && next.firstSequence() == expected
                        || next == null && offset > 0 && reader.isEmpty(offset)) {
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
            bytesRead += reader.size();
            return offset;
        }
    }

    /** Replays frames as long as they are whole and follow one another; says where they end. */
    private long frames(SegmentReader reader, long from) throws IOException {
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

    /** Whether what is not whole from {@code offset} to the whole frame was never on disk. */
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
     * Makes the directory what the replay has found. First all that was replayed must outlast a loss of power, for
     * after the end of a process alone it may be in memory only; then what it replaces is deleted.
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
}
