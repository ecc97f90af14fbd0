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

/**
 * Writes one save, as text that comes in pieces. Until {@link #complete} it is no save that could be loaded, whatever
 * ends the process:
 *
 * <pre>
 *   {name}/{start}/md/md.json     pending; replaced at the end
 *   {name}/{start}/data/0         a JSON array of sessions, about {@code fileBytes} long
 *   {name}/{start}/data/1.tmp     the one that is being written
 * </pre>
 *
 * <p>Thread: one at a time, and no event loop.
 */
public final class DatasetWriter implements Closeable {

    /** How large a data file grows before the next one is begun, beyond the session that crosses it. */
    public static final long FILE_BYTES = 10_000_000;

    private static final byte[] MARKS = {'[', ',', ']'};

    private final Path directory;
    private final Path data;
    private final long fileBytesMax;
    private final Metadata metadata;
    /** Null between two files. */
    private FileChannel channel;

    private long fileBytes;
    private boolean inside;
    private int files;
    private long bytes;

    private DatasetWriter(Path directory, long fileBytesMax, Metadata metadata) {
        this.directory = directory;
        this.data = directory.resolve("data");
        this.fileBytesMax = fileBytesMax;
        this.metadata = metadata;
    }

    /**
     * Makes the directories and files of a new save.
     *
     * @param root what holds all saves; must be there
     * @param name one for which {@link DatasetName#wrong} is null
     * @param selected whether only some sessions are to be saved
     * @param nowMs when it begins; the directory has this name, or the next that is free
     * @throws DatasetException where they cannot be made
     */
    public static DatasetWriter create(Path root, String name, boolean selected, long nowMs, long fileBytesMax)
            throws DatasetException {
        Path named = root.resolve(name);
        try {
            makeDirectory(named);
            Directories.force(root);
            long startMs = nowMs;
            while (!makeNewDirectory(named.resolve(Long.toString(startMs)))) {
                startMs++;
            }
            Path directory = named.resolve(Long.toString(startMs));
            Files.createDirectory(directory.resolve("data"));
            Files.createDirectory(directory.resolve("md"));
            Metadata metadata =
                    new Metadata(name, Metadata.Status.PENDING, startMs, 0, selected, Metadata.UNKNOWN, 0, 0);
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
            throw new DatasetException(
                    "cannot make the files of " + named.getFileName() + ": there is something else of this name");
        }
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
     * Writes text: sessions with commas between them, of which the first may have begun, and the last may go on, in
     * another piece.
     *
     * @param endsInside whether the last session goes on in the next piece
     */
    public void write(byte[] text, int from, int to, boolean endsInside) throws DatasetException {
        try {
            if (channel == null) {
                channel = DurableFiles.create(file());
                mark('[');
            } else if (!inside) {
                mark(',');
            }
            DurableFiles.write(channel, text, from, to);
            fileBytes += to - from;
            bytes += to - from;
            inside = endsInside;
            if (!inside && fileBytes >= fileBytesMax) {
                finishFile();
            }
        } catch (IOException e) {
            throw DatasetException.of("write", file(), e);
        }
    }

    private void finishFile() throws IOException {
        mark(']');
        DurableFiles.finish(channel, file());
        channel = null;
        fileBytes = 0;
        files++;
    }

    private void mark(char mark) throws IOException {
        int at = mark == '[' ? 0 : mark == ',' ? 1 : 2;
        DurableFiles.write(channel, MARKS, at, at + 1);
        fileBytes++;
        bytes++;
    }

    /** How many bytes were written. */
    public long bytes() {
        return bytes;
    }

    /** Makes it a save that can be loaded. */
    public void complete(long nowMs, long sessions, long keys) throws DatasetException {
        try {
            if (channel != null) {
                finishFile();
            }
            metadata.ended(Metadata.Status.COMPLETE, nowMs, files, sessions, keys)
                    .write(Metadata.file(directory));
        } catch (IOException e) {
            throw DatasetException.of("write", directory, e);
        }
    }

    /** Notes that the save has failed, and drops its data, so that a full disk is not left full. */
    public void fail(long nowMs) throws DatasetException {
        try {
            close();
            try (DirectoryStream<Path> written = Files.newDirectoryStream(data)) {
                for (Path file : written) {
                    Files.delete(file);
                }
            }
            metadata.ended(Metadata.Status.ERROR, nowMs, Metadata.UNKNOWN, 0, 0).write(Metadata.file(directory));
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
