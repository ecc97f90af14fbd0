/**
 * The few calls through which the journal reaches its directory, so that a test can lose power, fail a call, or run out
 * of space.
 */
package dev.tessera.impl.journal.file;
