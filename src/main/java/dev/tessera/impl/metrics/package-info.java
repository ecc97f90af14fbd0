/**
 * What the server counts for those who run it. Counted where it happens, shown by the management endpoints; knows
 * neither.
 */
package dev.tessera.impl.metrics;
