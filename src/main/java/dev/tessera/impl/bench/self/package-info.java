/**
 * Measures this machine: starts servers in JVMs of their own, runs the load generator against each of them in turns,
 * and makes tables of the medians. The command line calls it, and tells it how this program is started.
 */
@NullMarked
package dev.tessera.impl.bench.self;

import org.jspecify.annotations.NullMarked;
