/** Network addresses as text. The server, the cluster and the command line use it; it knows nothing of this project. */
@NullMarked
package dev.tessera.impl.net;

import org.jspecify.annotations.NullMarked;
