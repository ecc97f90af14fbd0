/**
 * The way between gateways and stores: who owns a token, the batches that cross the event bus, and the dispatcher that
 * fills them and hands the replies back. Called by gateways and stores; knows commands, and no sockets.
 */
package dev.tessera.impl.routing;
