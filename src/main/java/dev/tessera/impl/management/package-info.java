/**
 * The endpoints for those who run the server: is it alive, is it ready. They listen on a port of their own, so that
 * they are not reachable where clients are, and answer while the clients' port does not. The server starts and stops
 * them, and says through {@link dev.tessera.impl.management.Readiness} what they answer; they know nothing of sessions
 * and commands.
 */
package dev.tessera.impl.management;
