package dev.tessera.impl.dataset;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The rules for names of saves. A name is a plain directory name, so it cannot lead out of the root. */
public final class DatasetName {

    /** The longest name in bytes. Common file systems refuse longer ones. */
    public static final int BYTES_MAX = 255;

    /** The fault of a name that stands for another directory. */
    public static final String NOT_OWN = "must name a directory of its own";

    private DatasetName() {}

    /** Returns the fault of a name as the predicate of a sentence, or null if the name is valid. */
    public static @Nullable String wrong(String name) {
        if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            return "must have 1 to " + BYTES_MAX + " bytes";
        }
        if (name.equals(".") || name.equals("..")) {
            return NOT_OWN;
        }
        if (name.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))) {
            return "must be a plain directory name, without slashes, backslashes and control characters";
        }
        return null;
    }
}
