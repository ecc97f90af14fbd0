package dev.tessera.impl.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A disk whose writes take as long as the test wants. Thread-safe. */
public final class StuckDisk implements JournalFiles {

    private final JournalFiles disk;
    private boolean isStuck;

    /** Creates a disk that passes writes to another one; at once while it is not stuck. */
    public StuckDisk(JournalFiles disk) {
        this.disk = disk;
    }

    /** Blocks writes from now on, or releases them. */
    public synchronized void setStuck(boolean stuck) {
        isStuck = stuck;
        notifyAll();
    }

    private synchronized void await() {
        while (isStuck) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public List<String> list() throws IOException {
        return disk.list();
    }

    @Override
    public JournalFile create(String name) throws IOException {
        return new StuckFile(disk.create(name));
    }

    @Override
    public JournalFile open(String name) throws IOException {
        return new StuckFile(disk.open(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        disk.delete(name);
    }

    @Override
    public boolean exists(String name) {
        return disk.exists(name);
    }

    @Override
    public boolean leadsTo(String name, JournalFile file) throws IOException {
        return disk.leadsTo(name, ((StuckFile) file).file);
    }

    @Override
    public void restore() throws IOException {
        disk.restore();
    }

    @Override
    public void syncDirectory() throws IOException {
        disk.syncDirectory();
    }

    private final class StuckFile implements JournalFile {

        private final JournalFile file;

        private StuckFile(JournalFile file) {
            this.file = file;
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            await();
            file.write(from, position);
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return file.read(into, position);
        }

        @Override
        public void force(boolean withSize) throws IOException {
            file.force(withSize);
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
