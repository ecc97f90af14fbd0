package dev.tessera.impl.jsonpath.parser;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function extension as RFC 9535, section 2.4, declares it: its name, the types of its parameters and of its result.
 */
enum FunctionSignature {
    LENGTH(Type.VALUE, Type.VALUE),
    COUNT(Type.VALUE, Type.NODES),
    MATCH(Type.LOGICAL, Type.VALUE, Type.VALUE),
    SEARCH(Type.LOGICAL, Type.VALUE, Type.VALUE),
    VALUE(Type.VALUE, Type.NODES);

    /** The types of function extensions. */
    enum Type {
        VALUE,
        LOGICAL,
        NODES
    }

    private final Type result;
    private final List<Type> parameters;

    FunctionSignature(Type result, Type... parameters) {
        this.result = result;
        this.parameters = List.of(parameters);
    }

    Type result() {
        return result;
    }

    List<Type> parameters() {
        return parameters;
    }

    String functionName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Returns the function of this name, or null. */
    static @Nullable FunctionSignature named(String name) {
        for (FunctionSignature function : values()) {
            if (function.functionName().equals(name)) {
                return function;
            }
        }
        return null;
    }
}
