package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.protocol.Status;
import java.nio.charset.StandardCharsets;

/**
 * Writes the answer of a command: {@code {"<COMMAND>_RSP":{...}}}, commas included. A command begins it when it has
 * something to say; what it never begins is silence.
 */
public final class Answer implements KeyAnswers {

    /** The first byte of a part; an answer begins with another. */
    static final byte PART = 'P';

    /** The name of a member of an answer, with its quotes and colon. */
    public static final class Field {

        private final byte[] bytes;

        private Field(String name) {
            this.bytes = ("\"" + name + "\":").getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** A member of this name, for a constant of the command that writes it. */
    public static Field field(String name) {
        return new Field(name);
    }

    /** The member {@code cnt}. */
    public static final Field COUNT = field("cnt");
    /** The member {@code keys}. */
    public static final Field KEYS = field("keys");
    /** The member {@code name}. */
    public static final Field NAME = field("name");

    private static final Field ST = field("st");
    private static final Field TKN = field("tkn");
    private static final Field MESSAGE = field("m");
    private static final byte[] ERR_HEAD = "{\"ERR\":{".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RSP = "_RSP\":{".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    /** The rest of a command that takes long, away from the owner's thread. */
    public interface Later {

        /** Writes the whole answer of the command; the thread is any but an event loop. */
        void write(Answer answer);
    }

    private final JsonWriter out;
    private final ReplyPrefixCache heads = new ReplyPrefixCache();
    private boolean first;
    /** Where the answer that was last begun starts. */
    private int begun;

    private int fragment;
    private Later later;

    /** Answers are written to {@code out}, one after the other. */
    public Answer(JsonWriter out) {
        this.out = out;
    }

    /**
     * Leaves the answer to be written later, on another thread. The command must have written nothing, and
     * {@code later} may use only what never changes.
     */
    public void later(Later answer) {
        later = answer;
    }

    /** What the last command has left for later, once; null where it has left nothing. */
    public Later takeLater() {
        Later taken = later;
        later = null;
        return taken;
    }

    /** Takes back all that was written to an output that holds nothing but this answer. */
    public Answer restart() {
        out.truncate(0);
        return this;
    }

    /** Opens the answer of a command. */
    public Answer begin(Command command) {
        begun = out.size();
        out.raw(command.answerHead());
        first = true;
        return this;
    }

    /**
     * Opens the answer of a command and, within it, the object {@code keys}: its first members are the token of the
     * request, where there are sessions, and {@code st}, where {@code withSt}, which is the same in all answers of the
     * command.
     */
    Answer beginKeys(Command command, Request request, boolean withSt) {
        begun = out.size();
        first = true;
        if (!request.hasToken() || !heads.write(command, request.token(), out)) {
            begin(command).tkn(request);
            if (withSt) {
                st(Status.OK);
            }
            openObject(KEYS);
            if (request.hasToken()) {
                heads.keep(command, request.token(), out, begun);
            }
        }
        return this;
    }

    /** Closes the answer. */
    public void end() {
        out.mark('}').mark('}');
    }

    /** Takes back the answer that was begun: silence after all. */
    void discard() {
        out.truncate(begun);
    }

    /** Says whether nothing stands in the object or array that was last opened. */
    boolean isEmpty() {
        return first;
    }

    /** The member {@code st}. */
    public Answer st(Status status) {
        return number(ST, status.code());
    }

    /** The member {@code tkn}. */
    public Answer tkn(long token) {
        return number(TKN, token);
    }

    /** The member {@code tkn} with the token of a request, where there are sessions. */
    public Answer tkn(Request request) {
        return request.hasToken() ? tkn(request.token()) : this;
    }

    /** The member {@code m}. */
    public Answer message(String message) {
        member(MESSAGE).string(message);
        return this;
    }

    /** A member that is an unsigned integer. */
    public Answer number(Field field, long value) {
        member(field).unsigned(value);
        return this;
    }

    /** A member that is a truth value. */
    public Answer flag(Field field, boolean value) {
        member(field).bool(value);
        return this;
    }

    /** A member that is a string, given as canonical text. */
    public Answer text(Field field, byte[] canonical) {
        member(field).quoted(canonical, 0, canonical.length);
        return this;
    }

    /** A member that is a string, given as canonical text. */
    public Answer text(Field field, Slice canonical) {
        member(field).quoted(canonical.array(), canonical.from(), canonical.to());
        return this;
    }

    /** Opens a member that is an object. */
    public Answer openObject(Field field) {
        member(field).mark('{');
        first = true;
        return this;
    }

    /** Closes it. */
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

    /** Closes it. */
    public Answer closeArray() {
        out.mark(']');
        first = false;
        return this;
    }

    /** Begins a member with a client's key, given as canonical text; its value is to be written to what is returned. */
    public JsonWriter key(byte[] text, int from, int to) {
        return element().name(text, from, to);
    }

    @Override
    public JsonWriter key(Keys named, int index) {
        return key(named.text(), named.from(index), named.to(index));
    }

    /** Begins an element of an array; it is to be written to what is returned. */
    public JsonWriter element() {
        if (!first) {
            out.mark(',');
        }
        first = false;
        return out;
    }

    /**
     * Elements of an array, or members of an object, with commas between them, as a part holds them; none where it is
     * empty.
     */
    public void elements(Slice written) {
        if (written.length() > 0) {
            element().raw(written.array(), written.from(), written.to());
        }
    }

    /** Begins a part of an answer, in place of an answer (see {@link GatheredCommand}). */
    public Answer beginPart() {
        out.mark((char) PART);
        first = true;
        return this;
    }

    /** For what a part holds, which need not be JSON. */
    public JsonWriter part() {
        return out;
    }

    /** Begins the piece of a part that belongs to the request's key of this index; {@link Fragments} reads it. */
    public void openFragment(int index) {
        fragment = out.size();
        out.longBytes((long) index << Integer.SIZE);
        first = true;
    }

    /** Ends it. */
    public void closeFragment() {
        int length = out.size() - fragment - Long.BYTES;
        Bytes.putLong(out.array(), fragment, Bytes.longAt(out.array(), fragment) | length);
    }

    /** Writes the whole answer to a request that failed. */
    public void fault(Request request, Fault fault) {
        beginFault(request, fault.status()).message(fault.message()).end();
    }

    /**
     * Opens the answer to a request that failed; what it says beside status and token is to follow, {@link #message}
     * last.
     */
    public Answer beginFault(Request request, Status status) {
        if (request.name() == null) {
            out.raw(ERR_HEAD);
            first = true;
            st(status);
        } else {
            out.mark('{').mark('"').raw(request.name()).raw(RSP);
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
