/**
 * Saves and loads: executes {@code SH_SAVE} and {@code SH_LOAD} for every dispatcher, moves sessions between partitions
 * and files on worker threads, a few chunks at a time, and reports the progress. The server starts it. It reaches
 * partitions through a dispatcher, as clients do, and must not know stores or the cluster.
 */
@NullMarked
package dev.tessera.impl.transfer;

import org.jspecify.annotations.NullMarked;
