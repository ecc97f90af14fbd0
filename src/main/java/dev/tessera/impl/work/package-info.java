/**
 * The queues that clients share, and the clients as these queues know them. Each queue takes the next piece of work
 * from each client in turn. Dispatchers, stores and the cluster use them. They must not know commands, sockets or
 * Vert.x.
 */
@NullMarked
package dev.tessera.impl.work;

import org.jspecify.annotations.NullMarked;
