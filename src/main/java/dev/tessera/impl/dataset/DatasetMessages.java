package dev.tessera.impl.dataset;

import java.nio.file.Path;

/**
 * The texts of {@code m} for saves that cannot be found or created. Readers keep the reasons for which a file is
 * damaged beside the code that finds them.
 */
public final class DatasetMessages {

    /** No directory has the name of the save. */
    public static final String NO_SAVE = "there is no save of this name";

    /** All saves of a name are unfinished or have failed. */
    static final String NONE_COMPLETE = "no save of this name is complete";

    /** No number is left for another save of a name. */
    static final String NUMBERS_EXHAUSTED =
            "the directory of the newest save of this name has the highest number: rename it to a lower one";

    private DatasetMessages() {}

    /** A file of a save is absent. */
    static String missing(Path file) {
        return file + " of this save is missing";
    }

    /** Something else has the name of a file. */
    static String noFile(Path file) {
        return file + " of this save is no file";
    }

    /** Something else has the name of a directory. */
    static String noDirectory(Path directory) {
        return directory + " of this save is no directory";
    }

    /** A file has the name of the save. */
    public static String nameTaken(Path named) {
        return "cannot make the files of " + named + ": there is something else of this name";
    }

    /** A newer server wrote the save. */
    static String unknownVersion(Path file, long version, int versionMax) {
        return file + " of this save is of version " + version + ", and this server reads up to version " + versionMax;
    }

    /** The content of a file is invalid. */
    public static String damaged(Path file, String reason, long position) {
        return file + " is damaged or no save: " + reason + " at byte " + position;
    }
}
