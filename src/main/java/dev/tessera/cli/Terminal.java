package dev.tessera.cli;

import java.io.Console;

/** The terminal of the process, if there is one. */
final class Terminal {

    private Terminal() {}

    /** Returns whether both standard input and standard output are a terminal. */
    @SuppressWarnings("SystemConsoleNull") // Before JDK 22, the console is null without a terminal.
    static boolean isThere() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since JDK 22 a console may exist without a terminal; it has a method that tells.
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
