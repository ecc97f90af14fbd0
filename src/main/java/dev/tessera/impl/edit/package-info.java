/**
 * Changes inside JSON values as bytes, without trees of a library: merge patches (RFC 7396), JSON patches (RFC 6902),
 * sums of decimals, and appended elements. Text that a change does not touch stays byte for byte. Called by the
 * commands that change values in place, on any thread; it knows nothing of keys, sessions or the protocol.
 */
@NullMarked
package dev.tessera.impl.edit;

import org.jspecify.annotations.NullMarked;
