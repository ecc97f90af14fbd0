/** The statuses of the protocol. A part of the public API; it knows nothing of the server. */
@NullMarked
package dev.tessera.protocol;

import org.jspecify.annotations.NullMarked;
