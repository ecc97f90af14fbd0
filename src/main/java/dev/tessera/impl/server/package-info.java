/**
 * Helpers of the server that the command line uses too: waiting for futures, and addresses as people write them. They
 * know no other package of Tessera.
 */
@NullMarked
package dev.tessera.impl.server;

import org.jspecify.annotations.NullMarked;
