package dev.tessera.impl.dataset;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A save that is complete.
 *
 * @param directory {@code <root>/<name>/<timestamp>}
 * @param files its data files in their order
 * @param bytes how large they are together
 */
public record Dataset(Path directory, List<Path> files, long bytes) {

    /** Timestamps and the numbers of files: what a long holds. */
    private static final String NUMBER = "0|[1-9][0-9]{0,17}|[1-8][0-9]{18}";

    /**
     * The newest save of a name that is complete. Symbolic links below the root are not followed.
     *
     * @param root what holds all saves
     * @param name one for which {@link DatasetName#wrong} is null
     * @throws DatasetException where there is none, or files of it are missing
     */
    public static Dataset newest(Path root, String name) throws DatasetException {
        Path named = root.resolve(name);
        if (!Files.isDirectory(named, LinkOption.NOFOLLOW_LINKS)) {
            throw new DatasetException("there is no save of this name");
        }
        List<Path> saves = numbered(named);
        for (int i = saves.size() - 1; i >= 0; i--) {
            Path file = Metadata.file(saves.get(i));
            if (isDirectory(saves.get(i))
                    && isDirectory(file.getParent())
                    && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                Metadata metadata = metadata(file);
                if (metadata.status() == Metadata.Status.COMPLETE) {
                    return of(saves.get(i), metadata);
                }
            }
        }
        throw new DatasetException("no save of this name is complete");
    }

    private static Metadata metadata(Path file) throws DatasetException {
        try {
            return Metadata.read(file);
        } catch (IOException e) {
            throw DatasetException.of("read", file, e);
        }
    }

    private static Dataset of(Path directory, Metadata metadata) throws DatasetException {
        Path data = directory.resolve("data");
        List<Path> files = numbered(data);
        long count = metadata.files() == Metadata.UNKNOWN ? files.size() : metadata.files();
        for (int i = 0; i < count; i++) {
            Path file = data.resolve(Integer.toString(i));
            if (i == files.size() || !files.get(i).equals(file)) {
                throw new DatasetException(directory.getParent().relativize(file) + " of this save is missing");
            }
        }
        long bytes = 0;
        for (Path file : files) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new DatasetException(directory.getParent().relativize(file) + " of this save is no file");
            }
            try {
                bytes += Files.size(file);
            } catch (IOException e) {
                throw DatasetException.of("read", file, e);
            }
        }
        return new Dataset(directory, files, bytes);
    }

    private static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** What a directory holds whose names are numbers, in the order of these. */
    private static List<Path> numbered(Path directory) throws DatasetException {
        if (!isDirectory(directory)) {
            throw new DatasetException(directory.getFileName() + " of this save is no directory");
        }
        List<Path> numbered = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                directory, entry -> entry.getFileName().toString().matches(NUMBER))) {
            entries.forEach(numbered::add);
        } catch (IOException e) {
            throw DatasetException.of("read", directory, e);
        }
        numbered.sort(Comparator.comparingLong(
                path -> Long.parseLong(path.getFileName().toString())));
        return numbered;
    }
}
