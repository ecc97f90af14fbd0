/**
 * Conversations with a server, written down as text: files of cases and the transcripts in the docs. It runs them over
 * any transport. Tests of gateways and docs use it.
 */
package dev.tessera.testing.cases;
