/**
 * The access of the journal to its directory: a few calls, which a test can replace to lose power, to fail, or to run
 * out of space. Knows nothing of the content of files.
 */
@NullMarked
package dev.tessera.impl.journal.file;

import org.jspecify.annotations.NullMarked;
