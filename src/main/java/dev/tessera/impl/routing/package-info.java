/**
 * The way between command sources and the owners of partitions: intake, dispatcher, the batches that cross the event
 * bus, and the map from tokens to stores. The gateway, the client, stores and saves call it. It knows commands and the
 * event bus; it must not know sockets, sessions or a cluster.
 */
@NullMarked
package dev.tessera.impl.routing;

import org.jspecify.annotations.NullMarked;
