/**
 * A load generator. It keeps requests in flight on many connections, compares every reply with the expected bytes, and
 * measures throughput and latency. The command line calls it. It is a client like any other, so it has its own frame
 * code and must not depend on the server's commands or stores.
 */
@NullMarked
package dev.tessera.impl.bench;

import org.jspecify.annotations.NullMarked;
