/** Benchmarks of the key space; {@code docs/performance.md} has the command. */
package dev.tessera.impl.session;
