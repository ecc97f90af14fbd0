/**
 * The words of the wire: statuses and the errors that a client can expect. Used by commands, gateway and stores; knows
 * none of them.
 */
package dev.tessera.protocol;
