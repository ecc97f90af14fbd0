/**
 * Saves and loads: takes {@code SH_SAVE} and {@code SH_LOAD} from every dispatcher, moves sessions between partitions
 * and files on worker threads, a few pieces at a time, and tells how far it is. The server starts it; it reaches
 * partitions as clients do, by a dispatcher.
 */
package dev.tessera.impl.transfer;
