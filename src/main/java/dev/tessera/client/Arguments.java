package dev.tessera.client;

import org.jspecify.annotations.Nullable;

/** Checks of arguments. A null where none is allowed is a fault of the program, so the called method throws at once. */
final class Arguments {

    private Arguments() {}

    /**
     * Returns an argument that must not be null.
     *
     * @param name the name of the parameter, for the message
     * @throws NullPointerException if the argument is null
     */
    static <T> T notNull(@Nullable T argument, String name) {
        if (argument == null) {
            throw new NullPointerException("no null " + name + " accepted");
        }
        return argument;
    }
}
