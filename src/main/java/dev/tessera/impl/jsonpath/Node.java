package dev.tessera.impl.jsonpath;

import dev.tessera.impl.jsonpath.text.Utf8Appender;

/** A selected node: the position of its value in the text, and on request its normalized path. */
public interface Node {

    /** Returns the position of the value's first byte, in the array that was searched. */
    int start();

    /** Returns the position after the value's last byte. */
    int end();

    /** Appends the normalized path, such as {@code $['access'][0]['permit']}, in UTF-8. */
    void appendPathTo(Utf8Appender out);

    /** Returns the normalized path. */
    default String path() {
        Utf8Appender out = new Utf8Appender();
        appendPathTo(out);
        return out.toString();
    }
}
