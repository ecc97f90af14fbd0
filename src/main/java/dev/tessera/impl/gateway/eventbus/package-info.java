/**
 * Where verticles come in: the event-bus address to which they send commands. Decodes them and gives them to a
 * dispatcher, as the gateway of sockets does; knows nothing of sessions or of where they are kept.
 */
package dev.tessera.impl.gateway.eventbus;
