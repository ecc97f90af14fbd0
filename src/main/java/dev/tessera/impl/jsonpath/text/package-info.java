/**
 * Reading JSON where it lies: a navigator over the bytes of one value, and the comparison of strings, numbers and whole
 * values without building a tree.
 *
 * <p>Called by the compiled query. It works on texts that were validated as strict RFC 8259 in UTF-8 before they were
 * stored; it does not validate again, but never reads outside the slice it was given. It knows nothing of JSONPath.
 */
@NullMarked
package dev.tessera.impl.jsonpath.text;

import org.jspecify.annotations.NullMarked;
