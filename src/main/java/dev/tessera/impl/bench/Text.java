package dev.tessera.impl.bench;

/** Helpers for texts of servers, before they appear in messages. */
final class Text {

    private static final int CHARACTERS_MAX = 200;

    private Text() {}

    /** Returns the text, cut off if it is long. */
    static String shorten(String text) {
        return text.length() <= CHARACTERS_MAX ? text : text.substring(0, CHARACTERS_MAX) + "...";
    }
}
