package dev.tessera.impl.dataset;

/**
 * The limits of a reader of saves.
 *
 * @param textBytesMax the most bytes of a key, a value or a name; it bounds the memory of the reader
 * @param depthMax the most levels of nesting in a value
 */
public record ReadLimits(int textBytesMax, int depthMax) {}
