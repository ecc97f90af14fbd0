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
 * A complete save.
 *
 * @param directory {@code <root>/<name>/<number>}; the highest number is the newest save
 * @param files the data files, in order
 * @param bytes the total size of the data files
 */
public record Dataset(Path directory, List<Path> files, long bytes) {

    /** The names of saves and data files: decimal numbers that fit into a long. */
    private static final String NUMBER = "0|[1-9][0-9]{0,17}|[1-8][0-9]{18}";

    /**
     * Returns the newest complete save of a name. It does not follow symbolic links below the root.
     *
     * @param root the directory of all saves
     * @param name a name that {@link DatasetName#wrong} accepts
     * @throws DatasetException if there is none, or a file of it is missing
     */
    public static Dataset newest(Path root, String name) throws DatasetException {
        Path named = root.resolve(name);
        if (!Files.isDirectory(named, LinkOption.NOFOLLOW_LINKS)) {
            throw new DatasetException(DatasetMessages.NO_SAVE);
        }
        List<Path> saves = numbered(named);
        for (int i = saves.size() - 1; i >= 0; i--) {
            Path file = Metadata.file(saves.get(i));
            if (isDirectory(saves.get(i))
                    && isDirectory(Metadata.directory(saves.get(i)))
                    && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                Metadata metadata = metadata(file);
                if (metadata.status() == Metadata.Status.COMPLETE) {
                    return of(named, saves.get(i), metadata);
                }
            }
        }
        throw new DatasetException(DatasetMessages.NONE_COMPLETE);
    }

    /** Returns the number of the newest save of a name, complete or not; 0 if there is none. */
    static long newestNumber(Path named) throws DatasetException {
        List<Path> saves = numbered(named);
        return saves.isEmpty() ? 0 : number(saves.get(saves.size() - 1));
    }

    /**
     * Returns the directory name of a number.
     *
     * @throws DatasetException if the number is too large, so that loads would not find the save
     */
    static String nameOf(long number) throws DatasetException {
        String name = Long.toString(number);
        if (!name.matches(NUMBER)) {
            throw new DatasetException(DatasetMessages.NUMBERS_EXHAUSTED);
        }
        return name;
    }

    private static long number(Path path) {
        return Long.parseLong(path.getFileName().toString());
    }

    private static Metadata metadata(Path file) throws DatasetException {
        try {
            return Metadata.read(file);
        } catch (IOException e) {
            throw DatasetException.of("read", file, e);
        }
    }

    private static Dataset of(Path named, Path directory, Metadata metadata) throws DatasetException {
        Path data = directory.resolve("data");
        List<Path> files = numbered(data);
        long count = metadata.files() == Metadata.UNKNOWN ? files.size() : metadata.files();
        for (int i = 0; i < count; i++) {
            Path file = data.resolve(Integer.toString(i));
            if (i == files.size() || !files.get(i).equals(file)) {
                throw new DatasetException(DatasetMessages.missing(named.relativize(file)));
            }
        }
        long bytes = 0;
        for (Path file : files) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new DatasetException(DatasetMessages.noFile(named.relativize(file)));
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

    /** Returns the entries of a directory whose names are numbers, in ascending order. */
    private static List<Path> numbered(Path directory) throws DatasetException {
        if (!isDirectory(directory)) {
            throw new DatasetException(DatasetMessages.noDirectory(directory.getFileName()));
        }
        List<Path> numbered = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                directory, entry -> entry.getFileName().toString().matches(NUMBER))) {
            entries.forEach(numbered::add);
        } catch (IOException e) {
            throw DatasetException.of("read", directory, e);
        }
        numbered.sort(Comparator.comparingLong(Dataset::number));
        return numbered;
    }
}
