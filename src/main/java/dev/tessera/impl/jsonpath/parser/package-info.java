/**
 * Reads a JSONPath query of RFC 9535 and compiles it.
 *
 * <p>A recursive-descent parser in the order of the RFC's grammar: {@code QueryParser} the segments and selectors,
 * {@code FilterParser} the filter expressions, {@code LiteralReader} strings and numbers. A query that is not
 * well-formed or not well-typed ends in a {@code JsonPathSyntaxException} that names the character.
 */
@NullMarked
package dev.tessera.impl.jsonpath.parser;

import org.jspecify.annotations.NullMarked;
