/**
 * Conversations with a server, written down as text: files of cases and the transcripts in the docs, and what runs them
 * over any transport.
 */
package dev.tessera.testing.cases;
