package dev.tessera.impl.command.parameter;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON Schema (draft 2020-12) of a parameter, as members that a JSON library can write: strings, numbers, booleans,
 * lists, maps and other schemas. Immutable. Descriptions of the API are made of these.
 */
public final class Schema {

    /** The largest token and duration: 2^64-1. */
    public static final BigInteger UNSIGNED_MAX =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    private final Map<String, Object> members;

    private Schema(Map<String, Object> members) {
        this.members = Collections.unmodifiableMap(members);
    }

    /** Any value. */
    public static Schema any() {
        return new Schema(Map.of());
    }

    /** Values of a JSON type. */
    public static Schema of(String type) {
        return any().with("type", type);
    }

    /** Integers of 0 to 2^64-1. */
    public static Schema unsigned() {
        return of("integer").with("minimum", 0).with("maximum", UNSIGNED_MAX);
    }

    /** This schema with one member more. */
    public Schema with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Schema(more);
    }

    /** This schema of objects with one member that must be there. */
    public Schema requiring(String name, Schema schema) {
        List<Object> required = new ArrayList<>((List<?>) members.getOrDefault("required", List.of()));
        required.add(name);
        return allowing(name, schema).with("required", List.copyOf(required));
    }

    /** This schema of objects with one member that may be there. */
    public Schema allowing(String name, Schema schema) {
        Schema properties = members.get("properties") instanceof Schema declared ? declared : any();
        return with("properties", properties.with(name, schema));
    }

    /** This schema with an example, which must be valid. */
    public Schema example(Object example) {
        return with("examples", List.of(example));
    }

    /** The members in their order; schemas within them are of this type. */
    public Map<String, Object> members() {
        return members;
    }
}
