package dev.tessera.client;

import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Utf8;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a command as JSON, member by member. A null throws at once. A key or value without a JSON form is noted
 * instead, so that the call fails its future: it depends on the data.
 */
final class CommandText {

    private static final String KEY = "key";

    private final JsonWriter out = new JsonWriter();
    private boolean first = true;
    /** Null while everything has a JSON form. */
    private @Nullable RuntimeException failure;

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

    /** Returns why the command has no JSON; null if {@link #end} returns it. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    byte[] end() {
        return out.mark('}').mark('}').take(0);
    }

    CommandText text(String name, String value) {
        string(member(name), Arguments.notNull(value, name));
        return this;
    }

    CommandText value(String name, @Nullable Object value) {
        encoded(member(name), value);
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
        Arguments.notNull(entries, "map of entries");
        open("keys", '{');
        entries.forEach((key, value) -> encoded(member(Arguments.notNull(key, KEY)), value));
        return close('}');
    }

    CommandText keys(Collection<String> keys) {
        Arguments.notNull(keys, "collection of keys");
        open("keys", '[');
        keys.forEach(key -> string(element(), Arguments.notNull(key, KEY)));
        return close(']');
    }

    CommandText tokens(Collection<SessionToken> tokens) {
        Arguments.notNull(tokens, "collection of tokens");
        open("tkns", '[');
        tokens.forEach(
                token -> element().unsigned(Arguments.notNull(token, "token").bits()));
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

    private JsonWriter string(JsonWriter to, String string) {
        if (Utf8.encode(string) == null) {
            note(new IllegalArgumentException("a string with a lone surrogate has no JSON"));
            return to;
        }
        return to.string(string);
    }

    private void encoded(JsonWriter to, @Nullable Object value) {
        try {
            to.raw(JsonText.encode(value).bytes());
        } catch (RuntimeException e) {
            // The accessors of a bean may throw anything.
            note(e);
        }
    }

    private void note(RuntimeException e) {
        if (failure == null) {
            failure = e;
        }
    }
}
