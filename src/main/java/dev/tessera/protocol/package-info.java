/** The statuses of the protocol. Part of the public API. */
package dev.tessera.protocol;
