package dev.tessera.impl.jsonpath.regexp;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;

/**
 * A compiled I-Regexp; immutable and safe for use by many threads.
 *
 * <p>RE2 runs in time proportional to text length times expression size. This class bounds both: the size by
 * {@link #STEPS_MAX}, and the time by the budget, which each character that RE2 reads spends.
 */
public final class IRegexp {

    /** The longest expression, in UTF-16 units. */
    public static final int LENGTH_MAX = 4_096;
    /** The most steps of an expression after its repetitions are written out. */
    public static final int STEPS_MAX = 10_000;
    /** The deepest nesting of groups. */
    public static final int DEPTH_MAX = 100;

    private final Pattern pattern;
    private final int steps;

    private IRegexp(Pattern pattern, int steps) {
        this.pattern = pattern;
        this.steps = steps;
    }

    /**
     * Checks and compiles an expression.
     *
     * @throws IRegexpException if it is not I-Regexp, or over a limit
     */
    public static IRegexp compile(String expression) throws IRegexpException {
        if (expression.length() > LENGTH_MAX) {
            throw new IRegexpException(true, "the regular expression is longer than " + LENGTH_MAX + " characters");
        }
        Translated translated = new IRegexpParser(expression).translate();
        try {
            return new IRegexp(Pattern.compile(translated.re2()), (int) translated.steps());
        } catch (PatternSyntaxException e) {
            throw new IRegexpException(true, "the regular expression is too complex: " + e.getDescription());
        }
    }

    /** Returns its number of steps; its memory grows with it. */
    public int steps() {
        return steps;
    }

    /** Returns whether the whole text matches. */
    public boolean matches(CharSequence text, EvaluationBudget budget) {
        return pattern.matcher(new MeteredText(text, budget)).matches();
    }

    /** Returns whether some part of the text matches. */
    public boolean find(CharSequence text, EvaluationBudget budget) {
        return pattern.matcher(new MeteredText(text, budget)).find();
    }
}
