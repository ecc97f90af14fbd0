package dev.tessera.impl.jsonpath.regexp;

/** Parses a {@code charClassExpr}, the part of an I-Regexp in brackets, after its opening bracket. */
final class CharacterClassParser {

    private final IRegexpParser parser;
    private final StringBuilder out = new StringBuilder("[");
    private long steps = 1;

    CharacterClassParser(IRegexpParser parser) {
        this.parser = parser;
    }

    Translated parse() throws IRegexpException {
        if (parser.peek() == '^') {
            parser.take();
            out.append('^');
        }
        boolean first = true;
        while (first || parser.peek() != ']') {
            item(first);
            first = false;
        }
        parser.take();
        return new Translated(out.append(']').toString(), IRegexpParser.checked(steps), 1);
    }

    /** A hyphen stands for itself only as the first or the last item. */
    private void item(boolean first) throws IRegexpException {
        int c = parser.take();
        if (c == '-') {
            if (!first && parser.peek() != ']') {
                throw parser.invalid("a hyphen inside a class must be escaped");
            }
            out.append(Re2Syntax.inClass('-'));
            return;
        }
        if (c == '\\' && (parser.peek() == 'p' || parser.peek() == 'P')) {
            Translated category = Categories.insideClass(parser.category());
            steps = IRegexpParser.checked(steps + category.steps());
            out.append(category.re2());
            return;
        }
        int low = character(c);
        out.append(Re2Syntax.inClass(low));
        if (parser.peek() == '-') {
            range(low);
        }
    }

    private void range(int low) throws IRegexpException {
        parser.take();
        if (parser.peek() == ']') {
            out.append(Re2Syntax.inClass('-'));
            return;
        }
        int high = character(parser.take());
        if (high < low) {
            throw parser.invalid("a range has its larger end first");
        }
        out.append('-').append(Re2Syntax.inClass(high));
    }

    private int character(int c) throws IRegexpException {
        if (c == '\\') {
            return parser.singleCharacterEscape();
        }
        if (c == '[' || c == ']' || c == '-') {
            throw parser.invalid("'" + (char) c + "' inside a class must be escaped");
        }
        return c;
    }
}
