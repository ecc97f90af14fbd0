/**
 * The journal: an append-only log of changes, so that a crash loses nothing. Stores append to it and hold their replies
 * until the changes are on disk; the next start replays the log into the stores. Plain Java: payloads are bytes, and
 * Vert.x, stores and commands are unknown here. {@link dev.tessera.impl.journal.file} is the access to its files, and
 * {@link dev.tessera.impl.journal.format} defines their format.
 */
@NullMarked
package dev.tessera.impl.journal;

import org.jspecify.annotations.NullMarked;
