package dev.tessera.impl.gateway.http;

import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestOptions;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Unsigned;
import dev.tessera.impl.routing.CommandIntake;
import java.nio.charset.StandardCharsets;

/**
 * Writes the commands that operations on resources execute, and passes them to the decoder, so that checks and messages
 * are the protocol's. Thread: the event loop of the gateway.
 */
final class CommandWriter {

    /** The name of the parameter for the time to live, in queries and commands. */
    static final String TTL = RequestOptions.TTL.name();

    /** In place of a revision, if a key may have any, or not exist. */
    static final long ANY = -1;

    private static final byte[] NULL = ascii("null");
    private static final int CAPACITY_KEPT_BYTES = 64 * 1024;

    private final CommandIntake intake;
    private final JsonWriter out = new JsonWriter();

    CommandWriter(CommandIntake intake) {
        this.intake = intake;
    }

    /** Begins a command; the caller writes its body. */
    JsonWriter command(String commandName) {
        return out.mark('{').string(commandName).mark(':');
    }

    /**
     * Begins a command, and writes its body up to the token. A wrong token becomes null, and the decoder refuses it.
     */
    JsonWriter command(String commandName, String token) {
        byte[] digits = token.getBytes(StandardCharsets.UTF_8);
        return command(commandName)
                .raw(ascii("{\"tkn\":"))
                .raw(Unsigned.isUnsigned(digits, 0, digits.length) ? digits : NULL);
    }

    /** Begins a command on one key. */
    JsonWriter commandOnKey(String commandName, String token, String key) {
        return command(commandName, token).raw(ascii(",\"keys\":[")).string(key).mark(']');
    }

    /** Begins a command that stores the JSON text of a value in one key. */
    JsonWriter commandOnEntry(String commandName, String token, String key, byte[] json) {
        return command(commandName, token)
                .raw(ascii(",\"keys\":{"))
                .string(key)
                .mark(':')
                .raw(json)
                .mark('}');
    }

    /** Lets the answer of a command end with the revision of its one key, or of the session. */
    static JsonWriter revisions(JsonWriter command) {
        return command.raw(ascii(",\"revs\":true"));
    }

    /** Writes the time to live of the keys that a command stores. */
    static void ttl(JsonWriter command, String seconds) {
        command.mark(',').string(TTL).mark(':').raw(ascii(seconds));
    }

    /** Writes the revision that a key must have; {@link #ANY} is no condition. */
    static JsonWriter condition(JsonWriter command, String key, long revision) {
        return revision == ANY
                ? command
                : command.raw(ascii(",\"if\":{"))
                        .string(key)
                        .mark(':')
                        .unsigned(revision)
                        .mark('}');
    }

    /** Ends a command whose body is complete, and decodes it. */
    Request decode(JsonWriter command) {
        byte[] text = command.mark('}').take(CAPACITY_KEPT_BYTES);
        return intake.decode(text, 0, text.length);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
