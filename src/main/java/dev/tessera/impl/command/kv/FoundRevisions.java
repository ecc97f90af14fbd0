package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.session.KeyRecord;
import java.util.List;

/** The revisions of the keys that a search finds, as members of an object. Thread: one at a time. */
final class FoundRevisions {

    /** The quotes of a key, a comma, a colon and the digits of a revision. */
    private static final int MEMBER_BYTES = 4 + 16;

    private final JsonWriter members = new JsonWriter();

    /** Adds the revision of a record. */
    void add(byte[] one) {
        add(one, KeyRecord.keyFrom(one), KeyRecord.keyTo(one), KeyRecord.revision(one));
    }

    /** Adds the revision of a key, from its canonical text. */
    void add(byte[] text, int from, int to, long revision) {
        comma().name(text, from, to).unsigned(revision);
    }

    /** Adds the members that {@link #members} has returned elsewhere. */
    void add(Slice others) {
        if (others.length() > 0) {
            comma().raw(others.array(), others.from(), others.to());
        }
    }

    private JsonWriter comma() {
        return members.size() > 0 ? members.mark(',') : members;
    }

    /** Returns the most bytes that the revision of a record adds. */
    static int bytes(byte[] one) {
        return KeyRecord.keyTo(one) - KeyRecord.keyFrom(one) + MEMBER_BYTES;
    }

    /** Returns the members, with commas between them, and continues without any. */
    byte[] take() {
        return members.take(0);
    }

    /** Returns the members, with commas between them; valid until the next change. */
    Slice members() {
        Slice slice = new Slice();
        slice.set(members.array(), 0, members.size());
        return slice;
    }

    /** Writes the member {@code revs} of an answer. */
    void write(Answer answer) {
        write(List.of(members()), answer);
    }

    /** Writes the member {@code revs} of an answer, from the members that several searches have found. */
    static void write(List<Slice> found, Answer answer) {
        answer.openObject(Answer.REVISIONS);
        found.forEach(answer::elements);
        answer.closeObject();
    }
}
