package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.FlagParameter;
import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.command.parameter.RequestIdParameter;
import dev.tessera.impl.command.parameter.Revisions;
import dev.tessera.impl.command.parameter.RevisionsParameter;
import dev.tessera.impl.command.parameter.Ttl;
import dev.tessera.impl.command.parameter.TtlParameter;
import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.protocol.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of one request: optional parameters that many commands share, so that no command declares them. Most
 * requests have none, and then no such object. Only the decoder changes it.
 */
public final class RequestOptions {

    /** The revisions that keys must have, so that the command is executed. */
    public static final Parameter<Revisions> CONDITIONS = new RevisionsParameter("if");
    /** Whether the reply contains revisions. */
    public static final Parameter<Boolean> REVISIONS = new FlagParameter("revs");
    /** How long the keys live that the command stores. */
    public static final Parameter<Ttl> TTL = TtlParameter.any("ttl");
    /** How long the keys live that did not exist before the command. */
    public static final Parameter<Ttl> TTL_NEW = TtlParameter.number("ttlNew");
    /** The id of the request, which every reply repeats as its last member. */
    public static final Parameter<Slice> REQUEST_ID = new RequestIdParameter("rid");

    /** The options of every command, of an unknown one too. */
    static final List<Parameter<?>> OF_ALL = List.of(REQUEST_ID);
    /** The options of commands that read revisions. */
    public static final List<Parameter<?>> OF_READS = List.of(REVISIONS, REQUEST_ID);
    /** The options of commands that change keys. */
    static final List<Parameter<?>> OF_CHANGES = List.of(CONDITIONS, REVISIONS, REQUEST_ID);

    /** The options of commands that store values. */
    public static final List<Parameter<?>> OF_STORES = List.of(CONDITIONS, TTL, TTL_NEW, REVISIONS, REQUEST_ID);

    private @Nullable Object conditions;
    private @Nullable Object ttl;
    private @Nullable Object ttlNew;
    private @Nullable Object revisions;
    private @Nullable Object requestId;

    RequestOptions() {}

    /**
     * Returns the option with this name, or null if the command does not have it.
     *
     * @param command null for an unknown command
     */
    static @Nullable Parameter<?> find(Slice name, @Nullable Command command) {
        List<Parameter<?>> options = command == null ? OF_ALL : command.options();
        for (int i = 0; i < options.size(); i++) {
            if (name.contentEquals(options.get(i).nameBytes())) {
                return options.get(i);
            }
        }
        return null;
    }

    /** Returns whether the option with this name belongs to a command in a batch, and not to the whole batch. */
    static boolean isOfOneCommand(Slice name) {
        return name.contentEquals(TTL.nameBytes()) || name.contentEquals(TTL_NEW.nameBytes());
    }

    /** Reads the value of an option. */
    void read(Parameter<?> option, JsonScanner scanner) {
        Object value = option.read(scanner);
        if (option == CONDITIONS) {
            conditions = value;
        } else if (option == TTL) {
            ttl = value;
        } else if (option == TTL_NEW) {
            ttlNew = value;
        } else if (option == REVISIONS) {
            revisions = value;
        } else {
            requestId = value;
        }
    }

    /** Returns the fault to report among those of all options; null if all are valid. */
    @Nullable
    Fault fault() {
        Fault worst = RequestDecoder.worse(asFault(conditions), asFault(ttl));
        worst = RequestDecoder.worse(worst, asFault(ttlNew));
        worst = RequestDecoder.worse(worst, asFault(revisions));
        return RequestDecoder.worse(worst, asFault(requestId));
    }

    private static @Nullable Fault asFault(@Nullable Object value) {
        return value instanceof Fault fault ? fault : null;
    }

    /** Returns the revisions that keys must have; null without conditions. */
    public @Nullable Revisions conditions() {
        return conditions instanceof Revisions valid ? valid : null;
    }

    /** Returns how long all keys live; null without a time. */
    public @Nullable Ttl ttl() {
        return ttl instanceof Ttl valid ? valid : null;
    }

    /** Returns how long new keys live; null without a time of their own. */
    public @Nullable Ttl ttlNew() {
        return ttlNew instanceof Ttl valid ? valid : null;
    }

    /** Returns whether the reply contains revisions. */
    public boolean wantsRevisions() {
        return revisions instanceof Boolean wanted && wanted;
    }

    /** Writes the options of a read as members of a command, with a comma after each. */
    public void writeTo(JsonWriter command) {
        if (wantsRevisions()) {
            command.string(REVISIONS.name()).mark(':').bool(true).mark(',');
        }
        Slice requestId = requestId();
        if (requestId != null) {
            command.string(REQUEST_ID.name()).mark(':');
            command.raw(requestId.array(), requestId.from(), requestId.to()).mark(',');
        }
    }

    /** Returns the request id as the client sent it; null without a valid one. */
    public @Nullable Slice requestId() {
        return requestId instanceof Slice valid ? valid : null;
    }
}
