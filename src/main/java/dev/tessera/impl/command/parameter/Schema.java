package dev.tessera.impl.command.parameter;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON Schema (draft 2020-12) of a parameter. Its members are strings, numbers, booleans, lists, maps and schemas, so
 * that any JSON library can write them. The OpenAPI document consists of schemas. Immutable.
 */
public final class Schema {

    /** The largest token and the longest duration: 2^64-1. */
    public static final BigInteger UNSIGNED_MAX =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    private final Map<String, Object> members;

    private Schema(Map<String, Object> members) {
        this.members = Collections.unmodifiableMap(members);
    }

    /** Returns the schema of any value. */
    public static Schema any() {
        return new Schema(Map.of());
    }

    /** Returns the schema of the values of a JSON type. */
    public static Schema of(String type) {
        return any().with("type", type);
    }

    /** Returns the schema of integers from 0 to 2^64-1. */
    public static Schema unsigned() {
        return of("integer").with("minimum", 0).with("maximum", UNSIGNED_MAX);
    }

    /** Returns this schema with one more member. */
    public Schema with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Schema(more);
    }

    /** Returns this schema of objects with one more required property. */
    public Schema requiring(String name, Schema schema) {
        List<Object> required = new ArrayList<>((List<?>) members.getOrDefault("required", List.of()));
        required.add(name);
        return allowing(name, schema).with("required", List.copyOf(required));
    }

    /** Returns this schema of objects with one more optional property. */
    public Schema allowing(String name, Schema schema) {
        Schema properties = members.get("properties") instanceof Schema declared ? declared : any();
        return with("properties", properties.with(name, schema));
    }

    /** Returns this schema with an example, which must be valid. */
    public Schema example(Object example) {
        return with("examples", List.of(example));
    }

    /** Returns the members in their order. Nested schemas are of this type. */
    public Map<String, Object> members() {
        return members;
    }
}
