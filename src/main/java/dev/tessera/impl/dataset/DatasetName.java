package dev.tessera.impl.dataset;

import java.nio.charset.StandardCharsets;

/** What a save may be called: a plain name of a directory, which leads nowhere else. */
public final class DatasetName {

    /** Longer ones no usual file system takes. */
    public static final int BYTES_MAX = 255;

    private DatasetName() {}

    /** What is wrong with a name, as the end of a sentence that begins with what has it; null where nothing is. */
    public static String wrong(String name) {
        if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            return "must have 1 to " + BYTES_MAX + " bytes";
        }
        if (name.equals(".") || name.equals("..")) {
            return "must name a directory of its own";
        }
        if (name.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))) {
            return "must be a plain directory name, without slashes, backslashes and control characters";
        }
        return null;
    }
}
