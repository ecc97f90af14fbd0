package dev.tessera.impl.bench.self;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A Markdown table, written row by row. */
final class Markdown {

    /** The text of a cell without a figure. */
    static final String NO_FIGURE = "";

    private final StringBuilder text = new StringBuilder();

    /** Begins a table. All columns except the first contain figures. */
    Markdown head(String... names) {
        row(names);
        text.append("|---|").append("---:|".repeat(names.length - 1)).append('\n');
        return this;
    }

    Markdown row(String... cells) {
        text.append("| ").append(String.join(" | ", List.of(cells))).append(" |\n");
        return this;
    }

    /** Adds a line of prose after the table. */
    Markdown note(String sentence) {
        text.append('\n').append(sentence).append('\n');
        return this;
    }

    /** Returns a figure in thousands, such as {@code 832 k}. */
    static String thousands(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 9_950 ? "%.1f k" : "%,.0f k", perSecond / 1000);
    }

    /** Returns the throughput of a sample; no figure without one. */
    static String rate(@Nullable Sample sample) {
        return sample == null ? NO_FIGURE : thousands(sample.requestsPerSecond());
    }

    /** Returns the throughput of a sample against that of another; no figure without both. */
    static String ratio(@Nullable Sample of, @Nullable Sample by) {
        return of == null || by == null ? NO_FIGURE : ratio(of.requestsPerSecond(), by.requestsPerSecond());
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
