package dev.tessera.impl.command;

import dev.tessera.impl.session.KeySnapshot;
import java.util.List;

/** The rest of a command that takes long, and so runs on a worker. */
public sealed interface Later permits Deferred, Preparation {

    /** Returns the snapshots that it reads. They are of this moment. */
    default List<KeySnapshot> snapshots() {
        return List.of();
    }
}
