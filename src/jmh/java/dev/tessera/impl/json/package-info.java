/** Benchmarks of reading and writing JSON on the command path; {@code docs/performance.md} has the command. */
package dev.tessera.impl.json;
