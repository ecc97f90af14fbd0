package dev.tessera.impl.dataset;

import dev.tessera.impl.disk.Directories;
import dev.tessera.impl.disk.PrivateFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A writer of one save, which takes its text in pieces. Readers ignore the save until {@link #complete}, even if the
 * process dies:
 *
 * <pre>
 *   {name}/{number}/md/md.json    pending; replaced at the end
 *   {name}/{number}/data/0        a JSON array of sessions, about {@code fileBytes} long
 *   {name}/{number}/data/1.tmp    the file that the writer has open
 * </pre>
 *
 * <p>Thread: one at a time, and no event loop.
 */
public final class DatasetWriter implements Closeable {

    /** The size at which a data file ends. The session that crosses it is written completely first. */
    public static final long FILE_BYTES = 10_000_000;

    private static final byte[] MARKS = {'[', ',', ']'};

    private final Path directory;
    private final Path data;
    private final long fileBytesMax;
    private final Metadata metadata;
    /** Null between two files, and before the first. */
    private @Nullable FileChannel channel;

    private long fileBytes;
    private boolean inside;
    private boolean anyEnds;
    private int files;
    private long bytes;

    private DatasetWriter(Path directory, long fileBytesMax, Metadata metadata) {
        this.directory = directory;
        this.data = directory.resolve("data");
        this.fileBytesMax = fileBytesMax;
        this.metadata = metadata;
    }

    /**
     * Creates the directories and files of a new save.
     *
     * @param root the directory of all saves, which must exist
     * @param name a name that {@link DatasetName#wrong} accepts
     * @param selected whether the save contains only some sessions
     * @param nowMs the start; the number of the directory, unless that would not be the newest
     * @throws DatasetException if the file system refuses
     */
    public static DatasetWriter create(Path root, String name, boolean selected, long nowMs, long fileBytesMax)
            throws DatasetException {
        Path named = root.resolve(name);
        try {
            makeDirectory(named);
            Directories.force(root);
            Path directory = makeNumbered(named, nowMs);
            PrivateFiles.createDirectory(directory.resolve("data"));
            PrivateFiles.createDirectory(Metadata.directory(directory));
            Metadata metadata = new Metadata(
                    name, Metadata.VERSION, Metadata.Status.PENDING, nowMs, 0, selected, Metadata.UNKNOWN, 0, 0);
            metadata.write(Metadata.file(directory));
            Directories.force(directory);
            Directories.force(named);
            return new DatasetWriter(directory, fileBytesMax, metadata);
        } catch (IOException e) {
            throw DatasetException.of("make the files of", named, e);
        }
    }

    private static void makeDirectory(Path named) throws IOException {
        if (!makeNewDirectory(named) && !Files.isDirectory(named, LinkOption.NOFOLLOW_LINKS)) {
            throw new DatasetException(DatasetMessages.nameTaken(named.getFileName()));
        }
    }

    /** Creates the directory of a save. Its number exceeds all others, so that this save is the newest. */
    private static Path makeNumbered(Path named, long nowMs) throws IOException {
        // Other programs number by nanoseconds, and the clock may have been set back.
        long number = Math.max(nowMs, Dataset.newestNumber(named) + 1);
        while (!makeNewDirectory(named.resolve(Dataset.nameOf(number)))) {
            number++;
        }
        return named.resolve(Dataset.nameOf(number));
    }

    private static boolean makeNewDirectory(Path made) throws IOException {
        try {
            PrivateFiles.createDirectory(made);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /**
     * Writes a piece of text: sessions with commas between them. The first may continue the previous piece, and the
     * last may continue in the next one.
     *
     * @param endsInside whether the last session continues in the next piece
     */
    public void write(byte[] text, int from, int to, boolean endsInside) throws DatasetException {
        try {
            FileChannel out = channel;
            if (out == null) {
                out = DurableFiles.create(file());
                channel = out;
                mark(out, '[');
            } else if (!inside) {
                mark(out, ',');
            }
            DurableFiles.write(out, text, from, to);
            fileBytes += to - from;
            bytes += to - from;
            inside = endsInside;
            if (!inside && fileBytes >= fileBytesMax) {
                finishFile(out);
            }
        } catch (IOException e) {
            throw DatasetException.of("write", file(), e);
        }
    }

    private void finishFile(FileChannel out) throws IOException {
        mark(out, ']');
        DurableFiles.finish(out, file());
        channel = null;
        fileBytes = 0;
        files++;
    }

    private void mark(FileChannel out, char mark) throws IOException {
        int at = mark == '[' ? 0 : mark == ',' ? 1 : 2;
        DurableFiles.write(out, MARKS, at, at + 1);
        fileBytes++;
        bytes++;
    }

    /** Notes that the text contains ends of keys, which older servers do not know. */
    public void noteEnds() {
        anyEnds = true;
    }

    /** Returns the number of bytes written so far. */
    public long bytes() {
        return bytes;
    }

    /** Completes the save, so that readers find it. */
    public void complete(long nowMs, long sessions, long keys) throws DatasetException {
        try {
            if (channel != null) {
                finishFile(channel);
            }
            metadata.ended(Metadata.Status.COMPLETE, anyEnds, nowMs, files, sessions, keys)
                    .write(Metadata.file(directory));
        } catch (IOException e) {
            throw DatasetException.of("write", directory, e);
        }
    }

    /** Marks the save as failed and deletes its data, because the failure may come from a full disk. */
    public void fail(long nowMs) throws DatasetException {
        try {
            close();
            try (DirectoryStream<Path> written = Files.newDirectoryStream(data)) {
                for (Path file : written) {
                    Files.delete(file);
                }
            }
            metadata.ended(Metadata.Status.ERROR, anyEnds, nowMs, Metadata.UNKNOWN, 0, 0)
                    .write(Metadata.file(directory));
        } catch (IOException e) {
            throw DatasetException.of("note the failure in", directory, e);
        }
    }

    @Override
    public void close() throws DatasetException {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw DatasetException.of("close", file(), e);
            }
            channel = null;
        }
    }

    private Path file() {
        return data.resolve(Integer.toString(files));
    }
}
