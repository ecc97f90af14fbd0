/** Benchmarks of the JSONPath engine; {@code docs/performance.md} has the command and the figures. */
package dev.tessera.impl.jsonpath;
