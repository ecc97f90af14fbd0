/**
 * Limits of one search: steps against a clock, and results.
 *
 * <p>The server makes one budget for a command and hands it to every evaluation of that command. Everything in the
 * engine that loops over a document spends from it. It knows nothing of JSON or of queries.
 */
@NullMarked
package dev.tessera.impl.jsonpath.budget;

import org.jspecify.annotations.NullMarked;
