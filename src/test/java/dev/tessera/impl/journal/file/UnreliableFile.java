package dev.tessera.impl.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A file of an {@link UnreliableDisk}: the readable content, the content on disk, and all writes in between. Its lock
 * is that of the disk.
 */
final class UnreliableFile implements JournalFile {

    /** The prefix of the call that forces a file. */
    static final String FORCE = "force of ";

    private static final int SECTOR_BYTES = 512;

    /** A write at a position, or, without bytes, a new size. */
    private record Change(long position, byte[] bytes) {}

    /** A growing array of bytes. */
    private static final class Content {

        private byte[] bytes;
        private int length;

        Content(byte[] bytes, int length) {
            this.bytes = Arrays.copyOf(bytes, length);
            this.length = length;
        }

        Content copy() {
            return new Content(bytes, length);
        }

        void resize(long size) {
            if (size > bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.max(size, bytes.length * 2L));
            } else if (size < length) {
                Arrays.fill(bytes, (int) size, length, (byte) 0);
            }
            length = (int) size;
        }

        void write(long position, byte[] from, int offset, int count) {
            resize(Math.max(length, position + count));
            System.arraycopy(from, offset, bytes, (int) position, count);
        }

        void apply(Change change) {
            if (change.bytes == null) {
                resize(change.position);
            } else {
                write(change.position, change.bytes, 0, change.bytes.length);
            }
        }
    }

    private final UnreliableDisk disk;
    private final String name;
    private final Content content;
    private final List<Change> changes = new ArrayList<>();
    private Content forced;

    /** Creates a file whose content is on disk. */
    UnreliableFile(UnreliableDisk disk, String name, byte[] content) {
        this(disk, name, new Content(content, content.length), new Content(content, content.length));
    }

    private UnreliableFile(UnreliableDisk disk, String name, Content content, Content forced) {
        this.disk = disk;
        this.name = name;
        this.content = content;
        this.forced = forced;
    }

    long bytes() {
        return content.length;
    }

    byte[] content() {
        return Arrays.copyOf(content.bytes, content.length);
    }

    UnreliableFile afterKill(UnreliableDisk other) {
        UnreliableFile file = new UnreliableFile(other, name, content.copy(), forced.copy());
        file.changes.addAll(changes);
        return file;
    }

    UnreliableFile afterPowerLoss(UnreliableDisk other, UnreliableDisk.Survival survival, Random random) {
        Content left = switch (survival) {
            case NOTHING -> forced;
            case FIRST -> first(random);
            case ANY -> anySectors(random);
            case ALL -> content;
        };
        return new UnreliableFile(other, name, left.copy(), left.copy());
    }

    /** Returns the content after some of the changes and a part of the next one. */
    private Content first(Random random) {
        Content left = forced.copy();
        int count = random.nextInt(changes.size() + 1);
        changes.subList(0, count).forEach(left::apply);
        if (count < changes.size() && changes.get(count).bytes != null) {
            Change next = changes.get(count);
            left.write(next.position, next.bytes, 0, random.nextInt(next.bytes.length + 1));
        }
        return left;
    }

    /** Returns content in which each sector, and the size, has the state after some of the changes. */
    private Content anySectors(Random random) {
        Content left = forced.copy();
        int sized = random.nextInt(changes.size() + 1);
        for (Change change : changes.subList(0, sized)) {
            left.resize(
                    change.bytes == null
                            ? change.position
                            : Math.max(left.length, change.position + change.bytes.length));
        }
        for (int from = 0; from < left.length; from += SECTOR_BYTES) {
            int to = Math.min(left.length, from + SECTOR_BYTES);
            for (Change change : changes.subList(0, random.nextInt(changes.size() + 1))) {
                long start = Math.max(from, change.position);
                long end = change.bytes == null ? to : Math.min(to, change.position + change.bytes.length);
                if (start < end && change.bytes == null) {
                    Arrays.fill(left.bytes, (int) start, (int) end, (byte) 0);
                } else if (start < end) {
                    System.arraycopy(change.bytes, (int) (start - change.position), left.bytes, (int) start, (int)
                            (end - start));
                }
            }
        }
        return left;
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        synchronized (disk) {
            disk.checkPower();
            byte[] bytes = new byte[from.remaining()];
            from.get(bytes);
            try {
                disk.call("write to " + name);
                disk.grow(Math.max(0, position + bytes.length - content.length));
            } catch (IOException e) {
                change(new Change(position, Arrays.copyOf(bytes, disk.random().nextInt(bytes.length + 1))));
                throw e;
            }
            change(new Change(position, bytes));
        }
    }

    private void change(Change change) {
        changes.add(change);
        content.apply(change);
    }

    /** Empties the file, as a repeated creation does. */
    void empty() {
        change(new Change(0, null));
    }

    @Override
    public int read(ByteBuffer into, long position) {
        synchronized (disk) {
            int count = (int) Math.max(0, Math.min(into.remaining(), content.length - position));
            into.put(content.bytes, (int) position, count);
            return count;
        }
    }

    @Override
    public void force(boolean withSize) throws IOException {
        synchronized (disk) {
            try {
                disk.call(FORCE + name);
            } catch (IOException e) {
                if (!disk.isOff()) {
                    // Kernels treat data that they could not write as written afterwards.
                    forced = anySectors(disk.random());
                    changes.clear();
                }
                throw e;
            }
            if (!withSize && content.length != forced.length) {
                throw new AssertionError("the size of " + name + " has changed, and is not forced");
            }
            changes.forEach(forced::apply);
            changes.clear();
        }
    }

    @Override
    public void truncate(long size) throws IOException {
        synchronized (disk) {
            disk.call("truncate " + name);
            change(new Change(size, null));
        }
    }

    @Override
    public long size() {
        synchronized (disk) {
            return content.length;
        }
    }

    @Override
    public void close() {
        // A close neither forces nor frees anything here.
    }
}
