package dev.tessera.impl.jsonpath.regexp;

import dev.tessera.impl.jsonpath.budget.EvaluationBudget;

/** A text that spends a budget with each character that is read, so that a match stops after its time. */
record MeteredText(CharSequence text, EvaluationBudget budget) implements CharSequence {

    /** The work that one character may cause: a check of every step of an expression. */
    private static final int STEPS_PER_CHARACTER = 64;

    @Override
    public char charAt(int index) {
        budget.spend(STEPS_PER_CHARACTER);
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
