/**
 * The public API for programs other than servers that join a cluster. It builds on {@code impl.cluster}, and knows no
 * server.
 */
@NullMarked
package dev.tessera.cluster;

import org.jspecify.annotations.NullMarked;
