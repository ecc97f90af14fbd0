/**
 * The journal: an append-only log of what changed, so that a crash loses nothing. Stores append to it and hold their
 * replies until it says that what they appended is on disk; at the next start what it holds is replayed into them.
 * Plain Java: it knows payloads as bytes alone, and nothing of Vert.x, stores or commands. Its files are reached
 * through {@link dev.tessera.impl.journal.file}, and look as {@link dev.tessera.impl.journal.format} draws them.
 */
package dev.tessera.impl.journal;
