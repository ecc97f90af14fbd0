/** Benchmarks of what a command costs between its frame and its reply. */
package dev.tessera.impl.store;
