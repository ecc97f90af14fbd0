/** Faults of commands as the server passes them on. Commands, gateway and stores use them; it knows none of these. */
@NullMarked
package dev.tessera.impl.protocol;

import org.jspecify.annotations.NullMarked;
