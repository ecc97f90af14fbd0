package dev.tessera.client;

import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Utf8;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a command as JSON, member by member. A null throws at once. A key or value without a JSON form is noted
 * instead, so that the call fails its future: it depends on the data.
 */
final class CommandText {

    /** The options of commands that change a place in a value. */
    static final String PATH = "path";
    /** The option of commands that bound an array. */
    static final String MAX = "max";

    private static final String KEY = "key";
    private static final int MILLIS_DIGITS = 3;

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

    CommandText expiry(SessionOptions options) {
        open("expiry", '{');
        member("duration").unsigned(options.getDuration().toSeconds());
        return flag("deleteSession", options.isDeleteSession()).close('}');
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

    /** Writes the number to add to a key, with all its digits. */
    CommandText amount(String key, BigDecimal amount) {
        Arguments.notNull(key, KEY);
        Arguments.notNull(amount, "amount");
        open("keys", '{');
        raw(member(key), amount.toString());
        return close('}');
    }

    /** Writes the elements to append to a key. */
    CommandText elements(String key, Collection<?> elements) {
        Arguments.notNull(key, KEY);
        Arguments.notNull(elements, "collection of elements");
        open("keys", '{');
        member(key).mark('[');
        first = true;
        elements.forEach(element -> encoded(element(), element));
        return close(']').close('}');
    }

    /** Asks for revisions. */
    CommandText revisions() {
        return flag("revs", true);
    }

    /** Writes the revisions that keys must have. */
    CommandText condition(Map<String, Long> revisions) {
        open("if", '{');
        revisions.forEach((key, revision) -> member(key).unsigned(revision));
        return close('}');
    }

    /**
     * Writes options.
     *
     * @param places the options about places in values that the command accepts
     * @throws IllegalArgumentException if the options have another one
     */
    CommandText options(WriteOptions options, String... places) {
        Arguments.notNull(options, "options");
        Duration ttl = options.getTtl();
        if (ttl != null) {
            seconds("ttl", ttl);
        } else if (options.isKeepTtl()) {
            text("ttl", "keep");
        }
        if (options.getTtlNew() != null) {
            seconds("ttlNew", options.getTtlNew());
        }
        String path = options.getPath();
        if (path != null) {
            text(accepted(PATH, places), path);
        }
        Integer max = options.getMax();
        if (max != null) {
            member(accepted(MAX, places)).unsigned(max);
        }
        return options.getRevisions().isEmpty() ? this : condition(options.getRevisions());
    }

    private static String accepted(String option, String... accepted) {
        if (!Arrays.asList(accepted).contains(option)) {
            throw new IllegalArgumentException("this command has no option '" + option + "'");
        }
        return option;
    }

    /** Writes a duration in seconds, with three decimals if they are needed. */
    CommandText seconds(String name, Duration duration) {
        raw(
                member(name),
                BigDecimal.valueOf(duration.toSeconds())
                        .add(BigDecimal.valueOf(duration.toMillisPart(), MILLIS_DIGITS))
                        .stripTrailingZeros()
                        .toPlainString());
        return this;
    }

    /** Writes commands as an array. */
    CommandText commands(List<CommandText> commands) {
        open("cmds", '[');
        for (CommandText command : commands) {
            if (command.failure != null) {
                note(command.failure);
            }
            element().raw(command.end());
        }
        return close(']');
    }

    private static void raw(JsonWriter to, String ascii) {
        to.raw(ascii.getBytes(StandardCharsets.US_ASCII));
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
