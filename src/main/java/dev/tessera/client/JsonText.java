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

/**
 * One JSON value as text, with every digit and member as they were written. Immutable, and shared by all threads.
 *
 * <p>To Java values it is turned by Vert.x's {@link Json}, which is as exact as Java's types: {@code 1.0} stays, but a
 * number of more than 17 digits is rounded, and of members with one name the last one remains.
 */
public final class JsonText {

    /** As deep as any server can be set to take. */
    static final int DEPTH_MAX = 4096;

    private final byte[] text;

    /** Valid JSON without white space around it, which belongs to the new object. */
    JsonText(byte[] text) {
        this.text = text;
    }

    /**
     * A value that is written as JSON.
     *
     * @throws IllegalArgumentException if it is not one JSON value
     */
    public static JsonText of(String json) {
        byte[] text = Utf8.encode(json);
        if (text == null) {
            throw new IllegalArgumentException("not JSON: the text has a lone surrogate");
        }
        return checked(text);
    }

    /**
     * A value that is written as JSON in UTF-8.
     *
     * @throws IllegalArgumentException if it is not one JSON value
     */
    public static JsonText of(Buffer json) {
        return checked(json.getBytes());
    }

    /**
     * A Java value: null, a string, number, boolean, {@link JsonObject}, {@link JsonArray} or what else
     * {@link Json#encode} takes. A {@link JsonText} is itself.
     *
     * @throws IllegalArgumentException if it is a {@link Buffer}, which may be JSON (see {@link #of(Buffer)}) or data
     * @throws io.vertx.core.json.EncodeException if there is no JSON for it
     */
    public static JsonText encode(Object value) {
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

    /** The text; not to be changed. */
    byte[] bytes() {
        return text;
    }

    boolean isNull() {
        return text[0] == 'n';
    }

    /** The text. */
    public Buffer toBuffer() {
        return Buffer.buffer(text);
    }

    /** The value as Vert.x decodes it: null, a String, Number, Boolean, {@link JsonObject} or {@link JsonArray}. */
    public Object decode() {
        return Json.decodeValue(toBuffer());
    }

    /** The value as a Java object of some class. */
    public <T> T decode(Class<T> type) {
        return Json.decodeValue(toBuffer(), type);
    }

    /** The value, which must be a JSON object. */
    public JsonObject toJsonObject() {
        return new JsonObject(toBuffer());
    }

    /** The value, which must be a JSON array. */
    public JsonArray toJsonArray() {
        return new JsonArray(toBuffer());
    }

    /** The text. */
    @Override
    public String toString() {
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Whether the other one is the same text: {@code 1} and {@code 1.0} are not equal. */
    @Override
    public boolean equals(Object other) {
        return other instanceof JsonText json && Arrays.equals(text, json.text);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(text);
    }
}
