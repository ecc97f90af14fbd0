/**
 * The compiled query: segments, selectors and filter expressions as small objects that evaluate themselves.
 *
 * <p>The parser makes them; they are immutable and shared by threads. The state of one run is in an
 * {@link dev.tessera.impl.jsonpath.query.Evaluation}. A node passes the segments one by one, depth first. This is the
 * order of results of RFC 9535, and needs no lists in between. Knows nothing of the syntax of queries.
 */
@NullMarked
package dev.tessera.impl.jsonpath.query;

import org.jspecify.annotations.NullMarked;
