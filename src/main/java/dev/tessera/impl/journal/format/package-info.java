/**
 * The format of segments, frames and their headers on disk, and the code that writes it to buffers and reads it from
 * them. Called by the journal. Knows no files.
 */
@NullMarked
package dev.tessera.impl.journal.format;

import org.jspecify.annotations.NullMarked;
