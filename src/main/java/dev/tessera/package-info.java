/**
 * Tessera: JSON key-values in sessions, over WebSocket. Each package below has one task; a command's way through them
 * starts at the gateway. This one holds only what describes the whole program.
 */
package dev.tessera;
