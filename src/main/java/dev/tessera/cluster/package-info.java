/** Joins programs other than servers to a cluster. Part of the public API. */
package dev.tessera.cluster;
