package dev.tessera.impl.journal;

import dev.tessera.impl.journal.JournalLog.Purpose;
import dev.tessera.impl.journal.JournalLog.Reservation;
import dev.tessera.impl.journal.file.DirectoryClaim;
import dev.tessera.impl.journal.file.DiskFiles;
import dev.tessera.impl.json.Bytes;
import java.nio.file.Path;

/** The journal, with payloads like those of a server: the op, the session's token and end, and the key record. */
final class JournalEngine implements Engine, JournalListener {

    private static final int TOKEN_AT = 1;
    private static final int KEY_AT = TOKEN_AT + 16 + 4;
    private static final int VALUE_AT = KEY_AT + Changes.KEY_BYTES;

    private JournalOptions.Policy policy;
    private Journal journal;
    private long durable;
    private long snapshot;

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public void open(Path directory, JournalOptions.Policy by) throws Exception {
        policy = by;
        durable = 0;
        DiskFiles files = new DiskFiles(directory, DirectoryClaim.UNLOCKED);
        // No snapshots: stores make them, and the comparison is about appends.
        JournalOptions options = JournalOptions.of(by).withSizes(16 << 20, 64 << 20, Long.MAX_VALUE);
        journal = new Journal(files, options, new Recovery(files).run((bytes, from, to) -> {}, false));
        journal.start(this);
    }

    @Override
    public void write(long from, int count) throws Exception {
        int size = VALUE_AT + Changes.value().length;
        byte[] payloads = new byte[size * count];
        long reserved = JournalLog.cost(size) * count;
        while (journal.reserve(reserved, Purpose.CHANGE) != Reservation.ACCEPTED) {
            // The segment pool is empty; a server would answer 200.
            Thread.onSpinWait();
        }
        PayloadChunk chunk = new PayloadChunk(reserved);
        for (int i = 0; i < count; i++) {
            int at = i * size;
            payloads[at] = 1;
            Bytes.putLong(payloads, at + TOKEN_AT, Changes.token(from + i));
            Bytes.putInt(payloads, at + KEY_AT - 4, Changes.KEY_BYTES);
            Changes.key(from + i, payloads, at + KEY_AT);
            System.arraycopy(Changes.value(), 0, payloads, at + VALUE_AT, Changes.value().length);
            chunk.endAt(at + size);
        }
        long position = journal.append(chunk.of(payloads));
        if (policy == JournalOptions.Policy.ALWAYS || journal.isLagging()) {
            await(position);
        }
    }

    private synchronized void await(long position) throws InterruptedException {
        while (durable < position) {
            wait();
        }
    }

    @Override
    public synchronized void durable(long position) {
        durable = position;
        notifyAll();
    }

    @Override
    public void failed(long position) {
        throw new IllegalStateException("failed at " + position);
    }

    @Override
    public void snapshotWanted(long number) {
        snapshot = number;
    }

    @Override
    public void healthChanged() {
        // Nobody asks for the health.
    }

    @Override
    public void close() {
        journal.close();
        if (snapshot != 0) {
            throw new IllegalStateException("snapshot " + snapshot);
        }
    }

    @Override
    public long recover(Path directory) throws Exception {
        Changes.Memory memory = new Changes.Memory();
        new Recovery(new DiskFiles(directory, DirectoryClaim.UNLOCKED))
                .run(
                        (bytes, from, to) -> memory.put(
                                Bytes.longAt(bytes, from + TOKEN_AT), bytes, from + KEY_AT, from + VALUE_AT, to),
                        false);
        return memory.keys();
    }
}
