/**
 * JSON as bytes: a strict scanner (RFC 8259, UTF-8) that yields slices, the canonical text of strings, and a writer.
 * Every reader and writer of the protocol calls it. It knows nothing of commands, sessions or Vert.x.
 */
@NullMarked
package dev.tessera.impl.json;

import org.jspecify.annotations.NullMarked;
