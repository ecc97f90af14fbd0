package dev.tessera.impl.bench.self;

import java.util.List;
import java.util.Locale;

/** Writes a table row by row. */
final class Markdown {

    /** What stands in a cell that has no figure. */
    static final String NOTHING = "";

    private final StringBuilder text = new StringBuilder();

    /** Begins a table; the columns but the first are figures. */
    Markdown head(String... names) {
        row(names);
        text.append("|---|").append("---:|".repeat(names.length - 1)).append('\n');
        return this;
    }

    Markdown row(String... cells) {
        text.append("| ").append(String.join(" | ", List.of(cells))).append(" |\n");
        return this;
    }

    /** A line of prose behind the table. */
    Markdown note(String sentence) {
        text.append('\n').append(sentence).append('\n');
        return this;
    }

    /** A figure in thousands, such as {@code 832 k}. */
    static String thousands(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 9_950 ? "%.1f k" : "%,.0f k", perSecond / 1000);
    }

    static String micros(double us) {
        return String.format(Locale.ROOT, "%,.0f", us);
    }

    static String ratio(double of, double by) {
        return String.format(Locale.ROOT, "%.2f x", of / by);
    }

    static String percent(double part) {
        return String.format(Locale.ROOT, "%.0f %%", part * 100);
    }

    static String megabytes(double bytesPerSecond) {
        return String.format(Locale.ROOT, "%,.0f", bytesPerSecond / 1e6);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
