package dev.tessera.impl.command;

/** Reads the status with which an answer begins, without parsing the rest. */
public final class AnswerStatus {

    /** Stands for an answer that does not begin with a status. Its command succeeded; keys have their own statuses. */
    public static final int NONE = 0;

    private static final byte[] ST = {'"', 's', 't', '"', ':'};
    /** The length of the end of a fault: the quote of its message and two braces. */
    private static final int FAULT_END = 3;

    private AnswerStatus() {}

    /** Returns the code of the {@code st} with which a whole answer begins, or {@link #NONE}. */
    public static int of(byte[] bytes, int from) {
        int at = statusAt(bytes, from);
        int code = 0;
        for (; at >= 0 && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            code = code * 10 + (bytes[at] - '0');
        }
        return code == 0 ? NONE : code;
    }

    /** Returns the offset after the {@code st} with which an answer begins. */
    static int end(byte[] bytes, int from) {
        int at = statusAt(bytes, from);
        while (bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    /** Returns the offset of the code with which an answer begins, or -1. */
    private static int statusAt(byte[] bytes, int from) {
        int at = from + 2;
        while (bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        at += 3;
        for (int i = 0; i < ST.length; i++, at++) {
            if (bytes[at] != ST[i]) {
                return -1;
            }
        }
        return at;
    }

    /**
     * Returns whether an answer may be a fault, because it ends with a string, the message, or with a digit, the index
     * of an operation or of a command in a batch. It is cheaper than {@link #of}. It must not be asked about requests
     * with options, whose faults may end with other members, such as {@code revs}; for others, it misses no fault.
     */
    public static boolean mayBeFault(byte[] bytes, int from, int to) {
        if (to - from <= FAULT_END || bytes[from] != '{') {
            return false;
        }
        byte last = bytes[to - FAULT_END];
        return last == '"' || (last >= '0' && last <= '9');
    }
}
