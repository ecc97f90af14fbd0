/**
 * The metrics of the server. Each part registers its own, and the management endpoints show them. This package must not
 * know either.
 */
@NullMarked
package dev.tessera.impl.metrics;

import org.jspecify.annotations.NullMarked;
