/** Benchmarks of the cost of a command between its frame and its reply. */
package dev.tessera.impl.store;
