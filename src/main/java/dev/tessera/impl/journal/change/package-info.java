/**
 * What the payloads of the journal say: the changes of sessions and keys, and images of sessions. Stores write them,
 * and at the start they are replayed into partitions. Knows the session core, and nothing of files.
 */
package dev.tessera.impl.journal.change;
