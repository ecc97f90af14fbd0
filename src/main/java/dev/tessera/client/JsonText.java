package dev.tessera.client;

import dev.tessera.impl.json.JsonException;
import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Utf8;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One JSON value as text, with all its digits and members as written. Immutable, and shared by all threads.
 *
 * <p>Vert.x's {@link Json} converts it to Java values, as exactly as Java's types allow: {@code 1.0} stays, but a
 * number of more than 17 digits is rounded. If members have the same name, the last one remains.
 */
public final class JsonText {

    /** The deepest nesting that a server can be configured to accept. */
    static final int DEPTH_MAX = 4096;

    private final byte[] text;

    /** Wraps valid JSON without surrounding white space. The array belongs to the new object. */
    JsonText(byte[] text) {
        this.text = text;
    }

    /**
     * Parses a value from JSON.
     *
     * @throws IllegalArgumentException if the text is not one JSON value
     */
    public static JsonText of(String json) {
        byte[] text = Utf8.encode(Arguments.notNull(json, "JSON"));
        if (text == null) {
            throw new IllegalArgumentException("not JSON: the text has a lone surrogate");
        }
        return checked(text);
    }

    /**
     * Parses a value from JSON in UTF-8.
     *
     * @throws IllegalArgumentException if the text is not one JSON value
     */
    public static JsonText of(Buffer json) {
        return checked(Arguments.notNull(json, "JSON").getBytes());
    }

    /**
     * Encodes a Java value: null, a string, number, boolean, {@link JsonObject}, {@link JsonArray} or any other value
     * that {@link Json#encode} takes. Returns a {@link JsonText} as it is.
     *
     * @throws IllegalArgumentException if it is a {@link Buffer}, which may be JSON (see {@link #of(Buffer)}) or data
     * @throws io.vertx.core.json.EncodeException if it has no JSON form
     */
    public static JsonText encode(@Nullable Object value) {
        if (value instanceof JsonText json) {
            return json;
        }
        if (value instanceof Buffer) {
            throw new IllegalArgumentException("a Buffer is stored as JSON with JsonText.of(buffer)");
        }
        return of(Json.encode(value));
    }

    private static JsonText checked(byte[] text) {
        JsonScanner scanner = new JsonScanner(DEPTH_MAX);
        scanner.reset(text, 0, text.length);
        try {
            scanner.peek();
            int from = scanner.position();
            scanner.skipValue();
            int to = scanner.position();
            scanner.expectEnd();
            return new JsonText(from == 0 && to == text.length ? text : Arrays.copyOfRange(text, from, to));
        } catch (JsonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getMessage() + " at byte " + e.position(), e);
        }
    }

    /** Returns the text, without a copy; the caller must not change it. */
    byte[] bytes() {
        return text;
    }

    boolean isNull() {
        return text[0] == 'n';
    }

    /** Returns the text. */
    public Buffer toBuffer() {
        return Buffer.buffer(text);
    }

    /**
     * Returns the value as Vert.x decodes it: null, a String, Number, Boolean, {@link JsonObject} or {@link JsonArray}.
     */
    public @Nullable Object decode() {
        return Json.decodeValue(toBuffer());
    }

    /** Returns the value as an object of a class; null if the value is JSON's null. */
    public <T> @Nullable T decode(Class<T> type) {
        return Json.decodeValue(toBuffer(), type);
    }

    /** Returns the value, which must be a JSON object. */
    public JsonObject toJsonObject() {
        return new JsonObject(toBuffer());
    }

    /** Returns the value, which must be a JSON array. */
    public JsonArray toJsonArray() {
        return new JsonArray(toBuffer());
    }

    /** Returns the text. */
    @Override
    public String toString() {
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Returns whether the other value is the same text: {@code 1} and {@code 1.0} are not equal. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonText json && Arrays.equals(text, json.text);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(text);
    }
}
