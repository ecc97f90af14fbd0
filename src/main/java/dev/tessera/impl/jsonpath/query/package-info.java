/**
 * The compiled query: segments, selectors and filter expressions as small objects that evaluate themselves.
 *
 * <p>The parser makes them; they are immutable and shared by threads. What one run needs to remember is in an
 * {@link dev.tessera.impl.jsonpath.query.Evaluation}. A node goes through the segments one by one, depth first, which
 * gives the order of results that RFC 9535 describes and needs no lists in between. Knows nothing of how a query is
 * written.
 */
@NullMarked
package dev.tessera.impl.jsonpath.query;

import org.jspecify.annotations.NullMarked;
