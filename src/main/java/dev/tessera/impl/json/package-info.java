/**
 * JSON as bytes: one strict pass that validates (RFC 8259, UTF-8) and finds slices, the canonical text of strings, and
 * a writer. Called by everything that reads or writes the protocol; knows nothing of commands, sessions or Vert.x.
 */
@NullMarked
package dev.tessera.impl.json;

import org.jspecify.annotations.NullMarked;
