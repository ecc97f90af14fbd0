/**
 * How segments, frames and their headers look on disk, and the code that writes and reads them from buffers. Knows no
 * files.
 */
package dev.tessera.impl.journal.format;
