package dev.tessera.impl.command;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;

/** Finds members of whole answers of this server, without building a tree. Thread: one at a time. */
public final class AnswerScanner {

    /** The nesting of an answer around a stored value. */
    private static final int DEPTH_AROUND = 8;

    private final JsonScanner scanner;
    private final Slice name = new Slice();

    /**
     * Creates a scanner for many answers.
     *
     * @param depthMax the deepest nesting of a stored value
     */
    public AnswerScanner(int depthMax) {
        this.scanner = new JsonScanner(depthMax + DEPTH_AROUND);
    }

    /**
     * Finds a member of the body of an answer.
     *
     * @param wanted its name, as the server writes it
     * @param value points to its value afterwards
     * @return whether the body has the member
     */
    public boolean find(byte[] answer, byte[] wanted, Slice value) {
        scanner.reset(answer, 0, answer.length);
        scanner.enter();
        scanner.memberAsItStands(true, name);
        scanner.enter();
        for (boolean first = true; scanner.memberAsItStands(first, name); first = false) {
            scanner.value(value);
            if (name.contentEquals(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Lets a slice point to the value of the first member of the object to which it points. */
    public void enterFirst(Slice object) {
        scanner.reset(object.array(), object.from(), object.to());
        scanner.enter();
        scanner.memberAsItStands(true, name);
        scanner.value(object);
    }
}
