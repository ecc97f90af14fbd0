package dev.tessera.impl.jsonpath.regexp;

/** Writes single characters so that RE2 takes them literally. */
final class Re2Syntax {

    private Re2Syntax() {}

    static String literal(int codePoint) {
        return isPlain(codePoint) ? Character.toString(codePoint) : inClass(codePoint);
    }

    static String inClass(int codePoint) {
        return "\\x{" + Integer.toHexString(codePoint) + "}";
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
