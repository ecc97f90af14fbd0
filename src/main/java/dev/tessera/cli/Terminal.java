package dev.tessera.cli;

import java.io.Console;

/** Tells whether somebody watches. */
final class Terminal {

    private Terminal() {}

    /** Whether both standard input and standard output are a terminal. */
    static boolean isThere() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From JDK 22 on there may be a console where there is no terminal, and it can say so.
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
