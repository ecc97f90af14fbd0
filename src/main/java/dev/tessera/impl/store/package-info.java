/**
 * Stores own partitions and execute batches on them. Reached over the event bus alone; knows commands and the session
 * core, and nothing of sockets or clients.
 */
package dev.tessera.impl.store;
