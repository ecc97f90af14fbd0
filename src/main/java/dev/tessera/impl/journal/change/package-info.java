/**
 * The payloads of the journal: changes of sessions and keys, and snapshots of sessions. Stores and the copies of a
 * cluster's partitions write them; a start and the copies replay them into partitions. Knows the session core, but no
 * files.
 */
@NullMarked
package dev.tessera.impl.journal.change;

import org.jspecify.annotations.NullMarked;
