/**
 * A model of views: who may acknowledge what in a cluster, whatever freezes, is cut off or comes late. It is written
 * before the code, and knows one partition, a register of views that somebody else provides, and {@code 2m - 1} nodes.
 */
@NullMarked
package dev.tessera.impl.cluster.view;

import org.jspecify.annotations.NullMarked;
