/**
 * Reads JSON in place: a navigator over the bytes of one value, and comparisons of strings, numbers and whole values
 * without a tree.
 *
 * <p>Called by the compiled query. Its texts are validated as strict RFC 8259 in UTF-8. It does not validate again, but
 * never reads outside its slice. It knows nothing of JSONPath.
 */
@NullMarked
package dev.tessera.impl.jsonpath.text;

import org.jspecify.annotations.NullMarked;
