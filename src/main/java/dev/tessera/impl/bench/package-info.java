/**
 * A load generator: it keeps requests in flight on many connections, compares every reply with the bytes that it must
 * be, and measures throughput and latency. The command line calls it. It is a client like any other: it has a frame
 * code of its own, and knows nothing of how the server does what it does.
 */
@NullMarked
package dev.tessera.impl.bench;

import org.jspecify.annotations.NullMarked;
