/**
 * Hostile clients against a real server with a small heap, each beside a client that does nothing wrong. An attack
 * harms only the attacker: the other client, the management port, the memory, the descriptors and the log stay as they
 * were.
 */
package dev.tessera.hostile;
