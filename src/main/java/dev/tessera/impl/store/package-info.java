/**
 * The stores: each owns partitions and executes batches on them. Gateways, clients and saves reach them over the event
 * bus alone. A store knows commands, the session core and the journal; it must not know sockets or clients.
 */
@NullMarked
package dev.tessera.impl.store;

import org.jspecify.annotations.NullMarked;
