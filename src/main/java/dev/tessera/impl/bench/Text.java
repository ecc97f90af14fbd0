package dev.tessera.impl.bench;

/** What is done to texts of others before they are shown. */
final class Text {

    private static final int CHARACTERS_MAX = 200;

    private Text() {}

    /** The beginning of a text that may be long. */
    static String shorten(String text) {
        return text.length() <= CHARACTERS_MAX ? text : text.substring(0, CHARACTERS_MAX) + "...";
    }
}
