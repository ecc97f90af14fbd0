/**
 * A JSONPath engine (RFC 9535) that searches and changes JSON texts as bytes, without building trees.
 *
 * <p>A {@code JsonPath} is compiled once, through a {@code JsonPathCache} if queries come from clients, and then run
 * over any number of values within an {@code EvaluationBudget}. Called by the commands that search and update; the
 * engine knows nothing of sessions, of the protocol or of the server.
 */
@NullMarked
package dev.tessera.impl.jsonpath;

import org.jspecify.annotations.NullMarked;
