/**
 * Crash tests of the journal. They kill servers while clients write, start them again, and compare the data with a
 * model that spans all rounds.
 */
package dev.tessera.crash;
