package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.json.Unsigned;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.protocol.Status;
import java.util.Map;

/** An optional object of keys with a revision each: an integer from 0 to 2^53-1. */
public final class RevisionsParameter extends Parameter<Revisions> {

    /** The largest revision, the largest integer that JavaScript keeps. */
    public static final long REVISION_MAX = (1L << 53) - 1;

    private static final long NO_REVISION = -1;

    /** Declares an optional object of revisions. */
    public RevisionsParameter(String name) {
        super(name, false, "an object");
    }

    @Override
    public Schema schema() {
        return Schema.of("object")
                .with(
                        "additionalProperties",
                        Schema.of("integer").with("minimum", 0).with("maximum", REVISION_MAX))
                .example(Map.of());
    }

    @Override
    public Object read(JsonScanner scanner) {
        if (scanner.peek() != '{') {
            scanner.skipValue();
            return wrongType();
        }
        scanner.enter();
        Revisions revisions = new Revisions();
        Slice slice = new Slice();
        for (boolean first = true; scanner.member(first, slice); first = false) {
            int index = revisions.add(slice);
            scanner.value(slice);
            boolean isUnsigned = Unsigned.isUnsigned(slice.array(), slice.from(), slice.to());
            long revision = isUnsigned ? Unsigned.parse(slice.array(), slice.from(), slice.to()) : NO_REVISION;
            revisions.set(index, revision <= REVISION_MAX ? revision : NO_REVISION);
        }
        return revisions.areValid()
                ? revisions
                : new Fault(Status.VALUE_TYPE_INVALID, Messages.notRevisions(name(), REVISION_MAX));
    }
}
