/** Refusals of commands, as the server passes them on. Used by commands, gateway and stores; knows none of them. */
package dev.tessera.impl.protocol;
