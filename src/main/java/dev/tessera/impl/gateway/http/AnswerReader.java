package dev.tessera.impl.gateway.http;

import dev.tessera.impl.command.AnswerScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.json.Unsigned;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the answers of executed commands. Thread: the event loop of the gateway. */
final class AnswerReader {

    private static final byte[] KEYS = CommandWriter.ascii("keys");
    private static final byte[] REVISION_MEMBER = CommandWriter.ascii(",\"rev\":");
    private static final byte[] ANSWER_END = CommandWriter.ascii("}}");

    private final AnswerScanner scanner;
    private final Slice value = new Slice();

    AnswerReader(int depthMax) {
        scanner = new AnswerScanner(depthMax);
    }

    /** Returns the value of a member; null if the answer does not have it. Valid until the next call. */
    @Nullable
    Slice member(byte[] answer, byte[] name) {
        return scanner.find(answer, name, value) ? value : null;
    }

    /** Returns the value of the only key of an executed command on one key; null without keys. Valid as above. */
    @Nullable
    Slice keyValue(byte[] answer) {
        if (!scanner.find(answer, KEYS, value)) {
            return null;
        }
        scanner.enterFirst(value);
        return value;
    }

    /** Returns an answer without the member {@code rev}, with which it ends. */
    static byte[] withoutRevision(byte[] answer) {
        int end = lastNumberFrom(answer, lastNumberTo(answer)) - REVISION_MEMBER.length;
        byte[] plain = Arrays.copyOf(answer, end + ANSWER_END.length);
        System.arraycopy(ANSWER_END, 0, plain, end, ANSWER_END.length);
        return plain;
    }

    /** Returns the number with which an answer ends, before its braces. */
    static long lastNumber(byte[] answer) {
        int to = lastNumberTo(answer);
        return Unsigned.parse(answer, lastNumberFrom(answer, to), to);
    }

    private static int lastNumberTo(byte[] answer) {
        int to = answer.length;
        while (answer[to - 1] == '}') {
            to--;
        }
        return to;
    }

    private static int lastNumberFrom(byte[] answer, int to) {
        int from = to;
        while (answer[from - 1] >= '0' && answer[from - 1] <= '9') {
            from--;
        }
        return from;
    }
}
