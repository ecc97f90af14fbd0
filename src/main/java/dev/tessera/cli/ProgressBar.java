package dev.tessera.cli;

import dev.tessera.impl.bench.BenchProgress;
import java.io.PrintWriter;
import java.util.Locale;

/** A progress bar of a measurement in one line of a terminal; it disappears at the end. */
final class ProgressBar implements BenchProgress, AutoCloseable {

    private static final int WIDTH = 40;

    private final PrintWriter out;
    private int drawn;

    ProgressBar(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void at(String step, double done, long requests) {
        int full = (int) (done * WIDTH);
        draw(String.format(
                Locale.ROOT,
                "[%s%s] %3.0f%% %s, %,d requests",
                "#".repeat(full),
                " ".repeat(WIDTH - full),
                done * 100,
                step,
                requests));
    }

    @Override
    public void close() {
        if (drawn > 0) {
            draw("");
            out.print('\r');
            out.flush();
        }
    }

    private void draw(String line) {
        out.print('\r' + line + " ".repeat(Math.max(0, drawn - line.length())));
        out.flush();
        drawn = line.length();
    }
}
