package dev.tessera.impl.dataset;

import dev.tessera.impl.json.JsonWriter;
import java.nio.charset.StandardCharsets;

/**
 * The values of a session in a save, without its keys. In a data file they precede the keys. The member {@code ends}
 * has the ends of keys, in milliseconds since 1970; it is there only if any key has one:
 *
 * <pre>
 *   {"sh":{"tkn":7,"shared":false,"name":"basket","expiry":{"duration":600,"deleteSession":true}},
 *    "keys":{"a":1,"b":[]},
 *    "ends":{"b":1800000000000}}
 * </pre>
 *
 * @param token an unsigned 64-bit integer
 * @param shared whether clients find the session by its name
 * @param name canonical text (see {@link dev.tessera.impl.json.JsonString}), or empty if the save has none
 * @param durationSeconds an unsigned 64-bit number of seconds; 0 means no expiry
 * @param deleteSession whether the expiry deletes the session together with its keys
 */
public record SessionHeader(long token, boolean shared, byte[] name, long durationSeconds, boolean deleteSession) {

    private static final byte[] TOKEN = ascii("""
            {"sh":{"tkn":""");
    private static final byte[] SHARED = ascii(",\"shared\":");
    private static final byte[] NAME = ascii(",\"name\":");
    private static final byte[] DURATION = ascii("""
            ,"expiry":{"duration":""");
    private static final byte[] DELETE_SESSION = ascii(",\"deleteSession\":");
    private static final byte[] KEYS = ascii("}},\"keys\":{");
    private static final byte[] ENDS = ascii("},\"ends\":{");
    private static final byte[] END = ascii("}}");

    /** Writes the text of the session before its first key. */
    public void begin(JsonWriter out) {
        out.raw(TOKEN).unsigned(token).raw(SHARED).bool(shared);
        if (name.length > 0) {
            out.raw(NAME).quoted(name, 0, name.length);
        }
        out.raw(DURATION)
                .unsigned(durationSeconds)
                .raw(DELETE_SESSION)
                .bool(deleteSession)
                .raw(KEYS);
    }

    /** Writes the text between the last key and the first end of a key. */
    public static void beginEnds(JsonWriter out) {
        out.raw(ENDS);
    }

    /** Writes the text of a session after its last key, or after the last end of a key. */
    public static void end(JsonWriter out) {
        out.raw(END);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
