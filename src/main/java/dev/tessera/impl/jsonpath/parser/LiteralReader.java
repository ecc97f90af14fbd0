package dev.tessera.impl.jsonpath.parser;

import dev.tessera.impl.jsonpath.text.Literal;

/** Reads strings, integers and numbers as RFC 9535 writes them in queries. */
final class LiteralReader {

    /** The largest exact integer of I-JSON (RFC 7493), 2^53 - 1, either sign. */
    static final long INTEGER_MAX = (1L << 53) - 1;

    private final QueryReader reader;

    LiteralReader(QueryReader reader) {
        this.reader = reader;
    }

    boolean nextIsString() {
        return reader.peek() == '\'' || reader.peek() == '"';
    }

    boolean nextIsNumber() {
        return reader.peek() == '-' || reader.nextIsDigit();
    }

    /** Reads a string in single or in double quotes and returns its content. */
    String string() {
        int start = reader.position();
        int quote = reader.take();
        StringBuilder content = new StringBuilder();
        while (true) {
            int c = reader.peek();
            if (c == QueryReader.END) {
                throw reader.errorAt(start, "this string is not closed");
            }
            if (c < ' ' || (c <= Character.MAX_VALUE && Character.isSurrogate((char) c))) {
                throw reader.error("a string cannot hold " + reader.found() + " as it is");
            }
            reader.take();
            if (c == quote) {
                return content.toString();
            }
            if (c == '\\') {
                escape(quote, content);
            } else {
                content.appendCodePoint(c);
            }
        }
    }

    private void escape(int quote, StringBuilder content) {
        int start = reader.position() - 1;
        int c = reader.take();
        switch (c) {
            case 'b' -> content.append('\b');
            case 'f' -> content.append('\f');
            case 'n' -> content.append('\n');
            case 'r' -> content.append('\r');
            case 't' -> content.append('\t');
            case '/', '\\' -> content.append((char) c);
            case 'u' -> unicodeEscape(start, content);
            default -> {
                if (c != quote) {
                    throw reader.errorAt(start, "this escape is not known");
                }
                content.append((char) c);
            }
        }
    }

    private void unicodeEscape(int start, StringBuilder content) {
        char unit = hex(start);
        content.append(unit);
        if (Character.isHighSurrogate(unit) && reader.accept("\\u")) {
            char low = hex(start);
            content.append(low);
            if (Character.isLowSurrogate(low)) {
                return;
            }
        }
        if (Character.isSurrogate(unit)) {
            throw reader.errorAt(start, "this is half of a surrogate pair");
        }
    }

    private char hex(int start) {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int c = reader.take();
            int digit = c < 0x80 && c >= 0 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw reader.errorAt(start, "\\u needs four hexadecimal digits");
            }
            value = (value << 4) | digit;
        }
        return (char) value;
    }

    /** Reads an index or a part of a slice: an integer in I-JSON's exact range, without leading zeros, and not -0. */
    long integer() {
        int start = reader.position();
        boolean negative = reader.accept('-');
        int digits = reader.position();
        wholeDigits(start);
        if (negative && reader.since(digits).equals("0")) {
            throw reader.errorAt(start, "-0 is not an index");
        }
        long value = 0;
        for (char c : reader.since(digits).toCharArray()) {
            value = value * 10 + (c - '0');
            if (value > INTEGER_MAX) {
                throw reader.errorAt(start, "this integer is beyond 2^53 - 1");
            }
        }
        return negative ? -value : value;
    }

    /** Reads a number literal of a filter. */
    Literal number() {
        int start = reader.position();
        reader.accept('-');
        wholeDigits(start);
        if (reader.accept('.')) {
            digits("a digit after the decimal point");
        }
        if (reader.accept('e') || reader.accept('E')) {
            if (!reader.accept('-')) {
                reader.accept('+');
            }
            digits("a digit in the exponent");
        }
        return Literal.ofNumber(reader.since(start));
    }

    private void wholeDigits(int start) {
        int first = reader.position();
        digits("a digit");
        String digits = reader.since(first);
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            throw reader.errorAt(start, "a number does not start with 0 and further digits");
        }
    }

    private void digits(String what) {
        if (!reader.nextIsDigit()) {
            throw reader.error("expected " + what + ", found " + reader.found());
        }
        while (reader.nextIsDigit()) {
            reader.take();
        }
    }
}
