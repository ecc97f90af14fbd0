/**
 * Logs that clients cannot fill. Each class that logs a line which a client can cause holds a {@code LimitedLog} for
 * it. This package knows SLF4J and no other package of this project.
 */
@NullMarked
package dev.tessera.impl.log;

import org.jspecify.annotations.NullMarked;
