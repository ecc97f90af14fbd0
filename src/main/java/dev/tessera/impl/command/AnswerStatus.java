package dev.tessera.impl.command;

/** Reads the status with which an answer begins, without parsing the rest. */
public final class AnswerStatus {

    /**
     * What is read of an answer that begins with something else: the command was executed, and its keys have statuses
     * of their own.
     */
    public static final int NONE = 0;

    private static final byte[] ST = {'"', 's', 't', '"', ':'};
    /** What ends a fault: the quote of its message, its body, and itself. */
    private static final int FAULT_END = 3;

    private AnswerStatus() {}

    /** The code of the {@code st} with which a whole answer begins, or {@link #NONE}. */
    public static int of(byte[] bytes, int from) {
        int at = from + 2;
        while (bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        at += 3;
        for (int i = 0; i < ST.length; i++, at++) {
            if (bytes[at] != ST[i]) {
                return NONE;
            }
        }
        int code = 0;
        for (; bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            code = code * 10 + (bytes[at] - '0');
        }
        return code;
    }

    /**
     * Says at a glance whether an answer may be one that {@link Answer#fault} has written, which ends with its message.
     */
    public static boolean mayBeFault(byte[] bytes, int from, int to) {
        return to - from > FAULT_END && bytes[to - FAULT_END] == '"' && bytes[from] == '{';
    }
}
