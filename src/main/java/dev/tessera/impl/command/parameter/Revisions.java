package dev.tessera.impl.command.parameter;

import java.util.Arrays;

/** Keys with a revision each. If a message repeats a key, its last revision counts. */
public final class Revisions extends Keys {

    private long[] revisions = new long[1];

    Revisions() {
        super(2);
    }

    /** Returns the revision of a key; 0 stands for a key that does not exist. */
    public long revision(int index) {
        return revisions[index];
    }

    /** Returns whether these are the same key as {@code other}, which is one key. */
    public boolean isAlone(Keys other) {
        return size() == 1 && Arrays.equals(text(), from(0), to(0), other.text(), other.from(0), other.to(0));
    }

    /** Returns whether no revision is negative. */
    boolean areValid() {
        for (int i = 0; i < size(); i++) {
            if (revisions[i] < 0) {
                return false;
            }
        }
        return true;
    }

    void set(int index, long revision) {
        if (index >= revisions.length) {
            revisions = Arrays.copyOf(revisions, Math.max(index + 1, revisions.length * 2));
        }
        revisions[index] = revision;
    }
}
