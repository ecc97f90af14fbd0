package dev.tessera.impl.journal;

import dev.tessera.impl.journal.file.DiskFiles;
import dev.tessera.impl.json.Bytes;
import java.nio.file.Path;

/** The journal, with payloads as a server writes them: what happened, the session's token and end, the key's record. */
final class JournalEngine implements Engine, JournalListener {

    private static final int TOKEN_AT = 1;
    private static final int KEY_AT = TOKEN_AT + 16 + 4;
    private static final int VALUE_AT = KEY_AT + Changes.KEY_BYTES;

    private JournalPolicy policy;
    private Journal journal;
    private long durable;
    private long image;

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public void open(Path directory, JournalPolicy by) throws Exception {
        policy = by;
        durable = 0;
        DiskFiles files = new DiskFiles(directory);
        // No images: they are the work of stores, and the comparison is of what an append costs.
        JournalOptions options = JournalOptions.of(by).withSizes(16 << 20, 64 << 20, Long.MAX_VALUE);
        journal = new Journal(files, options, new Recovery(files).run((bytes, from, to) -> {}, false));
        journal.start(this);
    }

    @Override
    public void write(long from, int count) throws Exception {
        int size = VALUE_AT + Changes.value().length;
        byte[] payloads = new byte[size * count];
        long admitted = JournalLog.cost(size) * count;
        while (journal.admit(admitted, Purpose.CHANGE) != Reservation.ACCEPTED) {
            // The reserve is behind; a server would answer 200.
            Thread.onSpinWait();
        }
        PayloadChunk chunk = new PayloadChunk(admitted);
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
        if (policy == JournalPolicy.ALWAYS || journal.isLagging()) {
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
    public void imageWanted(long number) {
        image = number;
    }

    @Override
    public void healthChanged() {
        // Nobody looks.
    }

    @Override
    public void close() {
        journal.close();
        if (image != 0) {
            throw new IllegalStateException("image " + image);
        }
    }

    @Override
    public long recover(Path directory) throws Exception {
        Changes.Memory memory = new Changes.Memory();
        new Recovery(new DiskFiles(directory))
                .run(
                        (bytes, from, to) -> memory.put(
                                Bytes.longAt(bytes, from + TOKEN_AT), bytes, from + KEY_AT, from + VALUE_AT, to),
                        false);
        return memory.keys();
    }
}
