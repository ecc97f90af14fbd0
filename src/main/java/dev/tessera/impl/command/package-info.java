/**
 * The commands: each is one class that states its name, parameters, effect, route, execution and answer. The gateway
 * decodes messages into requests for commands, the router asks commands for routes, and the stores execute them. The
 * package knows the session core and the words of the wire, and nothing of Vert.x.
 */
@NullMarked
package dev.tessera.impl.command;

import org.jspecify.annotations.NullMarked;
