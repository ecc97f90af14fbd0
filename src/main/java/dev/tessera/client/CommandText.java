package dev.tessera.client;

import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Utf8;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a command as JSON, member by member. */
final class CommandText {

    private final JsonWriter out = new JsonWriter();
    private boolean first = true;

    private CommandText(String command) {
        out.mark('{').string(command).raw(new byte[] {':', '{'});
    }

    static CommandText of(String command) {
        return new CommandText(command);
    }

    static CommandText of(String command, SessionToken token) {
        CommandText text = of(command);
        text.member("tkn").unsigned(token.bits());
        return text;
    }

    byte[] end() {
        return out.mark('}').mark('}').take(0);
    }

    CommandText text(String name, String value) {
        string(member(name), value);
        return this;
    }

    CommandText value(String name, @Nullable Object value) {
        member(name).raw(JsonText.encode(value).bytes());
        return this;
    }

    CommandText flag(String name, boolean value) {
        member(name).bool(value);
        return this;
    }

    CommandText expiry(long durationSeconds, boolean deleteSession) {
        open("expiry", '{');
        member("duration").unsigned(durationSeconds);
        return flag("deleteSession", deleteSession).close('}');
    }

    CommandText entries(Map<String, ?> entries) {
        open("keys", '{');
        entries.forEach((key, value) -> member(key).raw(JsonText.encode(value).bytes()));
        return close('}');
    }

    CommandText keys(Collection<String> keys) {
        open("keys", '[');
        keys.forEach(key -> string(element(), key));
        return close(']');
    }

    CommandText tokens(Collection<SessionToken> tokens) {
        open("tkns", '[');
        tokens.forEach(token -> element().unsigned(token.bits()));
        return close(']');
    }

    private void open(String name, char bracket) {
        member(name).mark(bracket);
        first = true;
    }

    private CommandText close(char bracket) {
        out.mark(bracket);
        first = false;
        return this;
    }

    private JsonWriter member(String name) {
        return string(element(), name).mark(':');
    }

    private JsonWriter element() {
        if (!first) {
            out.mark(',');
        }
        first = false;
        return out;
    }

    private static JsonWriter string(JsonWriter to, String string) {
        if (Utf8.encode(string) == null) {
            throw new IllegalArgumentException("a string with a lone surrogate has no JSON");
        }
        return to.string(string);
    }
}
