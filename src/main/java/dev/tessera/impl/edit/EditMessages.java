package dev.tessera.impl.edit;

/** The predicates of sentences about values that cannot be changed as requested. */
public final class EditMessages {

    private EditMessages() {}

    /** The value has no place of this path. */
    public static String noPlace(String path) {
        return "has nothing at " + path;
    }

    /**
     * The value at a path has another type.
     *
     * @param type the right type with its article, such as "a number"
     */
    public static String wrongType(String path, String type) {
        return "is not " + type + " at " + path;
    }

    /** A place of a JSON patch does not exist. */
    public static String noPlace(int operation, String pointer) {
        return "has no place '" + pointer + "' for operation " + operation;
    }

    /** A {@code test} of a JSON patch failed. */
    public static String testFailed(int operation, String pointer) {
        return "differs at '" + pointer + "' from the value of operation " + operation;
    }

    /** A number has too many digits. */
    public static String tooManyDigits(int digitsMax) {
        return "would need a number of more than " + digitsMax + " digits (limits.maxDigits)";
    }

    /** The copies of a JSON patch have too many bytes together. */
    public static String tooManyCopies(int operation, long bytesMax) {
        return "would be copied for more than " + bytesMax + " bytes at operation " + operation;
    }

    /** A JSON patch is not an array. */
    public static final String NOT_AN_ARRAY = "is not an array";

    /** An operation of a JSON patch is not an object. */
    public static String notAnOperation(int operation) {
        return "has an operation that is not an object (operation " + operation + ")";
    }

    /** An operation of a JSON patch has no known name. */
    public static String unknownOperation(int operation) {
        return "has an operation whose 'op' is not add, remove, replace, move, copy or test (operation " + operation
                + ")";
    }

    /** An operation of a JSON patch lacks a member. */
    public static String missing(int operation, String member) {
        return "has an operation without '" + member + "' (operation " + operation + ")";
    }

    /** A member of an operation of a JSON patch is not a JSON pointer. */
    public static String notPointer(int operation, String member) {
        return "has an operation whose '" + member + "' is not a JSON pointer (operation " + operation + ")";
    }

    /** An operation of a JSON patch removes the whole value. */
    public static String removesAll(int operation) {
        return "has an operation that removes the whole value; KV_RMV removes a key (operation " + operation + ")";
    }

    /** An operation of a JSON patch moves a value into itself. */
    public static String movesIntoItself(int operation) {
        return "has an operation that moves a value into itself (operation " + operation + ")";
    }
}
