/**
 * The examples of README.md and docs/java.md, whole and running. The pages show the lines between {@code tag::name[]}
 * and {@code end::name[]}.
 */
package dev.tessera.examples;
