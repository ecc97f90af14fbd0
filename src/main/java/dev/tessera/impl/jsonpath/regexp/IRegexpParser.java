package dev.tessera.impl.jsonpath.regexp;

/**
 * A recursive-descent parser of the RFC 9485 grammar that rewrites the expression for RE2.
 *
 * <p>The rewriting follows RFC 9485, section 5.3: an unescaped dot outside a class becomes {@code [^\n\r]}; unescaped
 * {@code ^} and {@code $} keep their meaning as anchors, as the RFC's mappings leave them. Groups do not capture. All
 * other characters are escaped so that RE2 takes them literally.
 */
final class IRegexpParser {

    private static final int UNBOUNDED = -1;
    /** Keeps counts inside an int; any such repetition is over the limit of steps anyway. */
    private static final int COUNT_MAX = 1_000_000;

    private final String source;
    private int at;
    private int depth;

    IRegexpParser(String source) {
        this.source = source;
    }

    Translated translate() throws IRegexpException {
        Translated whole = alternatives();
        if (at < source.length()) {
            throw invalid("unexpected '" + source.charAt(at) + "'");
        }
        return whole;
    }

    private Translated alternatives() throws IRegexpException {
        StringBuilder out = new StringBuilder();
        long steps = 0;
        int repeats = 1;
        while (true) {
            Translated branch = branch();
            out.append(branch.re2());
            steps += branch.steps() + 1;
            repeats = Math.max(repeats, branch.repeats());
            if (peek() != '|') {
                return new Translated(out.toString(), checked(steps), repeats);
            }
            at++;
            out.append('|');
        }
    }

    private Translated branch() throws IRegexpException {
        StringBuilder out = new StringBuilder();
        long steps = 1;
        int repeats = 1;
        while (at < source.length() && peek() != '|' && peek() != ')') {
            Translated piece = quantified(atom());
            out.append(piece.re2());
            steps = checked(steps + piece.steps());
            repeats = Math.max(repeats, piece.repeats());
        }
        return new Translated(out.toString(), steps, repeats);
    }

    private Translated atom() throws IRegexpException {
        int c = source.codePointAt(at);
        at += Character.charCount(c);
        return switch (c) {
            case '(' -> group();
            case '[' -> new CharacterClassParser(this).parse();
            case '.' -> new Translated("[^\\n\\r]", 1, 1);
            case '\\' -> escape();
            case '^', '$' -> new Translated("(?:" + (char) c + ")", 1, 1);
            case '*', '+', '?', '{', '}', ']' -> throw invalid("unexpected '" + (char) c + "'");
            default -> new Translated(Re2Syntax.literal(c), 1, 1);
        };
    }

    private Translated group() throws IRegexpException {
        if (++depth > IRegexp.DEPTH_MAX) {
            throw new IRegexpException(true, "groups are nested deeper than " + IRegexp.DEPTH_MAX);
        }
        Translated inner = alternatives();
        if (peek() != ')') {
            throw invalid("a group is not closed");
        }
        at++;
        depth--;
        return new Translated("(?:" + inner.re2() + ")", inner.steps(), inner.repeats());
    }

    private Translated escape() throws IRegexpException {
        if (peek() == 'p' || peek() == 'P') {
            return Categories.outsideClass(category());
        }
        return new Translated(Re2Syntax.literal(singleCharacterEscape()), 1, 1);
    }

    /** Reads {@code p{..}} or {@code P{..}} after a backslash. */
    Categories.Category category() throws IRegexpException {
        boolean complement = peek() == 'P';
        at++;
        int close = source.indexOf('}', at);
        String name = peek() == '{' && close >= 0 ? source.substring(at + 1, close) : "";
        if (!Categories.known(name)) {
            throw invalid("unknown category");
        }
        at = close + 1;
        return new Categories.Category(name, complement);
    }

    /** Reads the character after a backslash. */
    int singleCharacterEscape() throws IRegexpException {
        int c = peek();
        at++;
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '(', ')', '*', '+', '-', '.', '?', '[', '\\', ']', '^', '{', '|', '}' -> c;
            default -> throw invalid("unknown escape");
        };
    }

    private Translated quantified(Translated atom) throws IRegexpException {
        int c = peek();
        if (c == '{') {
            at++;
            return range(atom);
        }
        if (c != '*' && c != '+' && c != '?') {
            return atom;
        }
        at++;
        return new Translated(atom.re2() + (char) c, atom.steps() + 1, atom.repeats());
    }

    private Translated range(Translated atom) throws IRegexpException {
        int min = count();
        int max = min;
        if (peek() == ',') {
            at++;
            max = peek() == '}' ? UNBOUNDED : count();
        }
        if (peek() != '}') {
            throw invalid("a repetition count is not closed");
        }
        at++;
        if (max != UNBOUNDED && max < min) {
            throw invalid("a repetition has its larger count first");
        }
        checked(atom.steps() * Math.max(min, max));
        return max == UNBOUNDED ? atom.repeatedFrom(min) : atom.repeated(min, max);
    }

    private int count() throws IRegexpException {
        int start = at;
        int value = 0;
        while (peek() >= '0' && peek() <= '9') {
            value = Math.min(value * 10 + peek() - '0', COUNT_MAX);
            at++;
        }
        if (at == start) {
            throw invalid("a repetition count is missing");
        }
        return value;
    }

    static long checked(long steps) throws IRegexpException {
        if (steps > IRegexp.STEPS_MAX) {
            throw new IRegexpException(true, "the regular expression has more than " + IRegexp.STEPS_MAX + " steps");
        }
        return steps;
    }

    /** Returns the next UTF-16 unit, or -1 at the end. */
    int peek() {
        return at < source.length() ? source.charAt(at) : -1;
    }

    /** Takes the next code point. */
    int take() throws IRegexpException {
        if (at >= source.length()) {
            throw invalid("a character class is not closed");
        }
        int c = source.codePointAt(at);
        at += Character.charCount(c);
        return c;
    }

    IRegexpException invalid(String what) {
        return new IRegexpException(
                false,
                what + " (character " + (source.codePointCount(0, Math.min(at, source.length())) + 1)
                        + " of the regular expression)");
    }
}
