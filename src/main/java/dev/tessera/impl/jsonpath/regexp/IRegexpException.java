package dev.tessera.impl.jsonpath.regexp;

import java.util.Objects;

/**
 * An expression that is not I-Regexp, or that is larger than the engine takes; without a stack trace, being expected
 * input.
 */
public final class IRegexpException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean tooLarge;

    IRegexpException(boolean tooLarge, String message) {
        super(message, null, false, false);
        this.tooLarge = tooLarge;
    }

    /** Returns the reason; never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** Returns whether the expression may be valid I-Regexp but reaches a limit. */
    public boolean tooLarge() {
        return tooLarge;
    }
}
