/**
 * Saved sessions as files: their names, their text, a writer and a reader. Both use bounded memory, independent of the
 * amount of data. Exports and imports call this package. It is plain Java and must not know partitions, commands or
 * Vert.x. It waits for disks, so it must not run on an event loop.
 */
@NullMarked
package dev.tessera.impl.dataset;

import org.jspecify.annotations.NullMarked;
