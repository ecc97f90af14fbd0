/**
 * What the commands are: each is one class that states its name, parameters, checks, effect and answer. The decoder,
 * the routing and the tables of the docs are derived from these. Called by the gateway (to decode) and by the stores
 * (to execute); knows the session core and the wire's words, and nothing of Vert.x.
 */
package dev.tessera.impl.command;
