/**
 * The benchmark of this machine. It starts servers in their own JVMs, runs the load generator against them in turns,
 * and makes tables of the medians. The command line calls it and passes the command line that starts this program. It
 * measures only from outside and must not call server code.
 */
@NullMarked
package dev.tessera.impl.bench.self;

import org.jspecify.annotations.NullMarked;
