package dev.tessera.impl.journal.change;

import dev.tessera.impl.json.Bytes;
import java.util.Arrays;

/** A reader of the fields of a payload, which never reads past its end. Thread: one at a time. */
final class PayloadReader {

    private byte[] bytes = {};
    private int at;
    private int to;

    void reset(byte[] array, int from, int end) {
        bytes = array;
        at = from;
        to = end;
    }

    boolean atEnd() {
        return at == to;
    }

    byte int8() {
        return bytes[advance(1)];
    }

    long int64() {
        return Bytes.longAt(bytes, advance(Long.BYTES));
    }

    /** Reads a length and then a text. */
    byte[] text() {
        int length = Bytes.intAt(bytes, advance(Integer.BYTES));
        int from = advance(length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    private int advance(int length) {
        if (length < 0 || length > to - at) {
            throw new PayloadException("a field of " + length + " bytes, but only " + (to - at) + " are left");
        }
        int from = at;
        at += length;
        return from;
    }
}
