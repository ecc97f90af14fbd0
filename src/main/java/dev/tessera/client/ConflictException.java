package dev.tessera.client;

import dev.tessera.protocol.Status;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reports that a condition of a command did not hold ({@link Status#CONFLICT}). The command changed nothing. */
public final class ConflictException extends TesseraException {

    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<String, Long> revisions;

    ConflictException(String message, Details details, Map<String, Long> revisions) {
        super(Status.CONFLICT, message, details);
        this.revisions = new LinkedHashMap<>(revisions);
    }

    /**
     * Returns the present revisions of the keys in the condition, in its order; 0 for a key that does not exist. Empty
     * if a {@code test} of a JSON patch failed.
     */
    public Map<String, Long> revisions() {
        return Collections.unmodifiableMap(revisions);
    }
}
