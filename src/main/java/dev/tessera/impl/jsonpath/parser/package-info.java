/**
 * Reads a JSONPath query as RFC 9535 writes it and makes the compiled query of it.
 *
 * <p>A recursive-descent parser in the order of the RFC's grammar: {@code QueryParser} the segments and selectors,
 * {@code FilterParser} the filter expressions, {@code LiteralReader} strings and numbers. What is not well-formed or
 * not well-typed ends in a {@code JsonPathSyntaxException} that names the character.
 */
@NullMarked
package dev.tessera.impl.jsonpath.parser;

import org.jspecify.annotations.NullMarked;
