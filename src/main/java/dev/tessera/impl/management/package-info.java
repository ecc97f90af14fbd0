/**
 * The endpoints for operators: is the server alive, is it ready, what does it measure. They listen on a port of their
 * own, so that clients cannot reach them, and answer while the clients' port does not. The server starts and stops them
 * and sets {@link dev.tessera.impl.management.Readiness}. They must not know sessions or commands.
 */
@NullMarked
package dev.tessera.impl.management;

import org.jspecify.annotations.NullMarked;
