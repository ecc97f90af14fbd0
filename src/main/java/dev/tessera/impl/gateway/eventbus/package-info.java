/**
 * The gateway for verticles: the event-bus address to which they send commands. The server deploys it. It passes the
 * commands to the intake, as the gateways of sockets do, and must not know sessions or stores.
 */
@NullMarked
package dev.tessera.impl.gateway.eventbus;

import org.jspecify.annotations.NullMarked;
