/**
 * Tessera: JSON key-values in sessions, over WebSocket and HTTP. Each package below has one task; a command enters at
 * {@code impl.gateway}. This package holds only facts about the whole program.
 */
@NullMarked
package dev.tessera;

import org.jspecify.annotations.NullMarked;
