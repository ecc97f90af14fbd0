/**
 * Saved sessions as files: their names, their text, and how they are written and read, both in memory that is bounded
 * however much there is. Plain Java; knows nothing of partitions, commands or Vert.x. What runs here waits for disks,
 * so never on an event loop.
 */
@NullMarked
package dev.tessera.impl.dataset;

import org.jspecify.annotations.NullMarked;
