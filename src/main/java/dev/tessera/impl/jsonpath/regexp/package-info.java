/**
 * I-Regexp (RFC 9485), the regular expressions of {@code match()} and {@code search()}.
 *
 * <p>A parser checks an expression against the RFC's grammar and rewrites it for RE2, whose matching time is linear in
 * the text. Called by the function extensions. It knows nothing of JSONPath.
 */
@NullMarked
package dev.tessera.impl.jsonpath.regexp;

import org.jspecify.annotations.NullMarked;
