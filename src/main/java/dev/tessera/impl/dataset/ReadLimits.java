package dev.tessera.impl.dataset;

/**
 * What the reader of a save takes.
 *
 * @param textBytesMax how long one key, one value or one name may be, which bounds the memory of the reader
 * @param depthMax how deep a value may nest
 */
public record ReadLimits(int textBytesMax, int depthMax) {}
