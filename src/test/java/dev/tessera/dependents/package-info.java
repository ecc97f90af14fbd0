/**
 * Programs that depend on Tessera, each run in a JVM of its own with only the jars that Maven gives such a program. The
 * programs use the public API alone.
 */
package dev.tessera.dependents;
