package dev.tessera.impl.jsonpath.parser;

import dev.tessera.impl.jsonpath.query.CompiledQuery;
import dev.tessera.impl.jsonpath.query.IndexSelector;
import dev.tessera.impl.jsonpath.query.NameSelector;
import dev.tessera.impl.jsonpath.query.Segment;
import dev.tessera.impl.jsonpath.query.Selector;
import dev.tessera.impl.jsonpath.query.SingularStep;
import dev.tessera.impl.jsonpath.query.SliceSelector;
import dev.tessera.impl.jsonpath.query.WildcardSelector;
import dev.tessera.impl.jsonpath.regexp.IRegexp;
import dev.tessera.impl.jsonpath.text.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A parser of one query: its segments and their selectors (RFC 9535, sections 2.2 to 2.5). */
public final class QueryParser {

    private final QueryReader reader;
    private final LiteralReader literals;
    private final boolean strict;
    private int registerCount;
    private int segmentCount;
    private int regexpSteps;
    private int depth;

    private QueryParser(String query, boolean strict) {
        this.reader = new QueryReader(query);
        this.literals = new LiteralReader(reader);
        this.strict = strict;
    }

    /**
     * Parses a query.
     *
     * @param strict whether to keep to RFC 9535 alone, without the shorthand {@code .length}
     * @throws JsonPathSyntaxException if it is not a query
     */
    public static CompiledQuery parse(String query, boolean strict) {
        return new QueryParser(query, strict).parse();
    }

    private CompiledQuery parse() {
        reader.expect('$', "at the start");
        List<Segment> segments = segments();
        if (reader.peek() != QueryReader.END) {
            int after = reader.position();
            if (reader.space() && reader.peek() == QueryReader.END) {
                throw reader.errorAt(after, "blank space at the end is not allowed");
            }
            throw reader.error("expected '.', '[' or the end, found " + reader.found());
        }
        return new CompiledQuery(segments, registerCount);
    }

    QueryReader reader() {
        return reader;
    }

    LiteralReader literals() {
        return literals;
    }

    boolean strict() {
        return strict;
    }

    int newRegister() {
        return registerCount++;
    }

    /** Counts the steps of one more regular expression; returns whether all together are within the limit. */
    boolean admitsRegexpSteps(int steps) {
        regexpSteps += steps;
        return regexpSteps <= IRegexp.STEPS_MAX;
    }

    /** Notes that the parser enters a filter, a parenthesis or a function call. */
    void enter() {
        if (++depth > ParserLimits.DEPTH_MAX) {
            throw reader.error("filters, parentheses and functions are nested deeper than " + ParserLimits.DEPTH_MAX);
        }
    }

    void leave() {
        depth--;
    }

    /** Reads all segments, with the blank space between them. */
    List<Segment> segments() {
        List<Segment> segments = new ArrayList<>();
        while (true) {
            int before = reader.position();
            reader.space();
            if (reader.peek() != '.' && reader.peek() != '[') {
                reader.reset(before);
                return segments;
            }
            if (++segmentCount > ParserLimits.SEGMENTS_MAX) {
                throw reader.error("the path has more than " + ParserLimits.SEGMENTS_MAX + " segments");
            }
            segments.add(segment());
        }
    }

    private Segment segment() {
        if (reader.peek() == '[') {
            return bracketed(false);
        }
        reader.take();
        boolean descendant = reader.accept('.');
        if (descendant && reader.peek() == '[') {
            return bracketed(true);
        }
        if (reader.accept('*')) {
            return new Segment(descendant, List.of(new WildcardSelector()), false, false);
        }
        return new Segment(descendant, List.of(new NameSelector(shorthandName(descendant))), !descendant, !descendant);
    }

    private Name shorthandName(boolean descendant) {
        int start = reader.position();
        if (!isNameFirst(reader.peek())) {
            throw reader.error("expected a name" + (descendant ? ", '[' or '*' after '..'" : " or '*' after '.'")
                    + ", found " + reader.found());
        }
        while (isNameFirst(reader.peek()) || reader.nextIsDigit()) {
            reader.take();
        }
        return new Name(reader.since(start));
    }

    private static boolean isNameFirst(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || (c >= 0x80 && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE));
    }

    private Segment bracketed(boolean descendant) {
        reader.take();
        boolean spaced = reader.space();
        List<Selector> selectors = new ArrayList<>();
        do {
            reader.space();
            selectors.add(selector());
            spaced |= reader.space();
        } while (reader.accept(','));
        reader.expect(']', "or ',' after a selector");
        boolean singular = !descendant && !spaced && selectors.size() == 1 && selectors.get(0) instanceof SingularStep;
        return new Segment(descendant, selectors, singular, false);
    }

    private Selector selector() {
        if (literals.nextIsString()) {
            return new NameSelector(new Name(literals.string()));
        }
        if (reader.accept('*')) {
            return new WildcardSelector();
        }
        if (reader.accept('?')) {
            reader.space();
            return new FilterParser(this).parse();
        }
        if (literals.nextIsNumber() || reader.peek() == ':') {
            return indexOrSlice();
        }
        throw reader.error("expected a name in quotes, an index, a slice, '*' or a filter, found " + reader.found());
    }

    private Selector indexOrSlice() {
        @Nullable Long start = literals.nextIsNumber() ? literals.integer() : null;
        int afterStart = reader.position();
        reader.space();
        if (!reader.accept(':')) {
            reader.reset(afterStart);
            return new IndexSelector(Objects.requireNonNull(start, "without a start there is a ':'"));
        }
        @Nullable Long end = slicePart();
        reader.space();
        @Nullable Long step = reader.accept(':') ? slicePart() : null;
        return new SliceSelector(start, end, step == null ? 1 : step);
    }

    private @Nullable Long slicePart() {
        reader.space();
        return literals.nextIsNumber() ? literals.integer() : null;
    }
}
