/**
 * The journal: an append-only log of what changed, from which a server that starts again rebuilds its sessions. Stores hand it changes,
 * the server starts and stops it. Plain Java; it knows the session core, and nothing of commands, stores or Vert.x.
 */
package dev.tessera.journal;
