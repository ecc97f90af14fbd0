package dev.tessera.client;

import io.vertx.core.json.JsonObject;
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

    /**
     * Returns a flag of JSON; the other value if it is missing or null.
     *
     * @throws IllegalArgumentException if it is no flag
     */
    static boolean flag(JsonObject json, String name, boolean otherwise) {
        Object value = json.getValue(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new IllegalArgumentException(name + " must be true or false");
    }

    /**
     * Returns a whole number of JSON; the other value if it is missing or null.
     *
     * @throws IllegalArgumentException if it is no whole number
     */
    static long number(JsonObject json, String name, long otherwise) {
        Object value = json.getValue(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number && number.doubleValue() == number.longValue()) {
            return number.longValue();
        }
        throw new IllegalArgumentException(name + " must be a whole number");
    }
}
