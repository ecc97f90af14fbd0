/**
 * The examples of README.md and docs/java.md, whole and running. What stands between {@code tag::name[]} and
 * {@code end::name[]} is what the pages show.
 */
package dev.tessera.examples;
