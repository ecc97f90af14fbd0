package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.protocol.Status;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answers of commands, one after the other: {@code {"<COMMAND>_RSP":{...}}}. It sets the commas. A command
 * that begins no answer stays silent.
 *
 * <p>Thread: one at a time.
 */
public final class Answer implements KeyAnswers {

    /** The first byte of a part. An answer begins with another byte. */
    static final byte PART = 'P';

    /** The name of a member of an answer, with its quotes and colon. */
    public static final class Field {

        private final byte[] bytes;

        private Field(String name) {
            this.bytes = ("\"" + name + "\":").getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** Returns the field of this name; commands keep it as a constant. */
    public static Field field(String name) {
        return new Field(name);
    }

    /** The member {@code cnt}. */
    public static final Field COUNT = field("cnt");
    /** The member {@code keys}. */
    public static final Field KEYS = field("keys");
    /** The member {@code name}. */
    public static final Field NAME = field("name");
    /** The member {@code rev}. */
    public static final Field REVISION = field("rev");
    /** The member {@code revs}. */
    public static final Field REVISIONS = field("revs");

    private static final Field ST = field("st");
    private static final Field TKN = field("tkn");
    private static final Field MESSAGE = field("m");
    private static final Field RID = field("rid");
    private static final Field AT = field("at");
    private static final byte[] ERR_PREFIX = "{\"ERR\":{".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RSP = "_RSP\":{".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final JsonWriter out;
    private final ReplyPrefixCache prefixes = new ReplyPrefixCache();
    /** Whether the innermost open object or array has no member yet. */
    private boolean first;
    /** The offset of the answer that was last begun. */
    private int answerFrom;
    /** The offset of the fragment that was last opened. */
    private int fragmentFrom;

    private @Nullable Later later;
    private @Nullable Preparation prepared;
    private int work;
    /** Whether an answer had a message since the last look. */
    private boolean failed;
    /** The time that the commands of a batch share; null outside of batches. */
    private @Nullable EvaluationBudget shared;

    /** Creates a writer that appends answers to {@code out}. */
    public Answer(JsonWriter out) {
        this.out = out;
    }

    /**
     * Lets a worker write the reply, or prepare a second execution. The command must not have written anything, and
     * {@code rest} must use immutable objects only.
     */
    public void later(Later rest) {
        later = rest;
    }

    /** Returns the rest that the last command has left for later, or null; a second call returns null. */
    public @Nullable Later takeLater() {
        Later taken = later;
        later = null;
        return taken;
    }

    /** Sets the preparation of the next command, which is executed again; null for one that was not prepared. */
    public void prepare(@Nullable Preparation preparation) {
        prepared = preparation;
    }

    /** Returns the preparation of the command that is executed again, or null if this is the first time. */
    public @Nullable Preparation prepared() {
        return prepared;
    }

    /** Lets the next commands share a budget, because they are a batch; null ends that. */
    void share(@Nullable EvaluationBudget budget) {
        shared = budget;
    }

    /** Returns the time that the command has on this thread before it must leave its rest to a worker. */
    public EvaluationBudget slice(SearchLimits limits) {
        return shared == null ? limits.updateSlice() : shared;
    }

    /** Returns whether an answer had a message since the last call. */
    boolean takeFailed() {
        boolean taken = failed;
        failed = false;
        return taken;
    }

    /** Counts work that neither the request nor the answer shows, in bytes looked at. */
    public void worked(int bytes) {
        work = bytes;
    }

    /** Returns the work that the last command has counted; a second call returns 0. */
    public int takeWork() {
        if (work == 0) {
            return 0;
        }
        int taken = work;
        work = 0;
        return taken;
    }

    /** Discards everything written so far; the output must contain this answer only. */
    public Answer restart() {
        out.truncate(0);
        return this;
    }

    /** Opens the answer of a command. */
    public Answer begin(Command command) {
        answerFrom = out.size();
        out.raw(command.answerPrefix());
        first = true;
        return this;
    }

    /**
     * Opens the answer of a command and, within it, the object {@code keys}. Before {@code keys} it writes the token,
     * if the request has one, and the status 1.
     *
     * @param withSt whether to write the status; the same in all answers of the command
     */
    Answer beginKeys(Command command, Request request, boolean withSt) {
        answerFrom = out.size();
        first = true;
        if (!request.hasToken() || !prefixes.write(command, request.token(), out)) {
            begin(command).tkn(request);
            if (withSt) {
                st(Status.OK);
            }
            openObject(KEYS);
            if (request.hasToken()) {
                prefixes.keep(command, request.token(), out, answerFrom);
            }
        }
        return this;
    }

    /** Closes the answer. Before, it writes the member {@code rid} if the request has one. */
    public void end(Request request) {
        RequestOptions options = request.options();
        if (options != null) {
            writeRequestId(options);
        }
        out.mark('}').mark('}');
    }

    private void writeRequestId(RequestOptions options) {
        Slice requestId = options.requestId();
        if (requestId != null) {
            member(RID).raw(requestId.array(), requestId.from(), requestId.to());
        }
    }

    /** Discards the answer that was last begun, so that the command stays silent. */
    void discard() {
        out.truncate(answerFrom);
    }

    /** Returns whether the object or array that was last opened is empty. */
    boolean isEmpty() {
        return first;
    }

    /** Writes the member {@code st}. */
    public Answer st(Status status) {
        return number(ST, status.code());
    }

    /** Writes the member {@code tkn}. */
    public Answer tkn(long token) {
        return number(TKN, token);
    }

    /** Writes the member {@code tkn} if the request has a token. */
    public Answer tkn(Request request) {
        return request.hasToken() ? tkn(request.token()) : this;
    }

    /** Writes the member {@code m}. */
    public Answer message(String message) {
        failed = true;
        member(MESSAGE).string(message);
        return this;
    }

    /** Writes a member that is an unsigned integer. */
    public Answer number(Field field, long value) {
        member(field).unsigned(value);
        return this;
    }

    /** Writes a member that is true or false. */
    public Answer flag(Field field, boolean value) {
        member(field).bool(value);
        return this;
    }

    /** Writes a member that is a string, from its canonical text. */
    public Answer text(Field field, byte[] canonical) {
        member(field).quoted(canonical, 0, canonical.length);
        return this;
    }

    /** Writes a member that is a string, from its canonical text. */
    public Answer text(Field field, Slice canonical) {
        member(field).quoted(canonical.array(), canonical.from(), canonical.to());
        return this;
    }

    /** Writes a member that is any JSON value, as text. */
    public Answer json(Field field, byte[] text) {
        member(field).raw(text);
        return this;
    }

    /** Opens a member that is an object. */
    public Answer openObject(Field field) {
        member(field).mark('{');
        first = true;
        return this;
    }

    /** Closes the object that was last opened. */
    public Answer closeObject() {
        out.mark('}');
        first = false;
        return this;
    }

    /** Opens a member that is an array. */
    public Answer openArray(Field field) {
        member(field).mark('[');
        first = true;
        return this;
    }

    /** Closes the array that was last opened. */
    public Answer closeArray() {
        out.mark(']');
        first = false;
        return this;
    }

    /**
     * Begins a member with a client's key, from its canonical text. The caller writes the value to the returned writer.
     */
    public JsonWriter key(byte[] text, int from, int to) {
        return element().name(text, from, to);
    }

    @Override
    public JsonWriter key(Keys named, int index) {
        return key(named.text(), named.from(index), named.to(index));
    }

    /** Begins an element of an array. The caller writes it to the returned writer. */
    public JsonWriter element() {
        if (!first) {
            out.mark(',');
        }
        first = false;
        return out;
    }

    /** Ends an element that is an object with members of its own. */
    void elementEnds() {
        first = false;
    }

    /** Appends elements of an array, or members of an object, that a part contains with commas between them. */
    public void elements(Slice written) {
        if (written.length() > 0) {
            element().raw(written.array(), written.from(), written.to());
        }
    }

    /** Begins a part in place of an answer; see {@link ScatterGatherCommand}. */
    public Answer beginPart() {
        out.mark((char) PART);
        first = true;
        return this;
    }

    /** Returns the writer for the content of a part, whose format the command chooses. */
    public JsonWriter part() {
        return out;
    }

    /** Begins the fragment of a part for the request's key of this index; {@link Fragments} reads it. */
    public void openFragment(int index) {
        fragmentFrom = out.size();
        out.longBytes((long) index << Integer.SIZE);
        first = true;
    }

    /** Closes the fragment that was last opened. */
    public void closeFragment() {
        int length = out.size() - fragmentFrom - Long.BYTES;
        Bytes.putLong(out.array(), fragmentFrom, Bytes.longAt(out.array(), fragmentFrom) | length);
    }

    /** Writes the whole answer to a request that failed. */
    public void fault(Request request, Fault fault) {
        beginFault(request, fault.status()).message(fault.message());
        if (fault.at() != Fault.ALONE) {
            number(AT, fault.at());
        }
        end(request);
    }

    /**
     * Opens the answer to a request that failed, and writes status and token. The caller adds further members, among
     * them {@link #message}, and {@link #end}s it.
     */
    public Answer beginFault(Request request, Status status) {
        byte[] name = request.name();
        if (name == null) {
            out.raw(ERR_PREFIX);
            first = true;
            st(status);
        } else {
            out.mark('{').mark('"').raw(name).raw(RSP);
            first = true;
            st(status);
            if (request.hasToken()) {
                tkn(request.token());
            } else if (request.sessions()) {
                member(TKN).raw(NULL);
            }
        }
        return this;
    }

    private JsonWriter member(Field field) {
        return element().raw(field.bytes);
    }
}
