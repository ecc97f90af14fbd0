package dev.tessera.impl.jsonpath;

/**
 * The result of an update.
 *
 * @param count the number of places that were replaced
 * @param json the new text; if nothing was replaced, a copy of the old one
 */
public record UpdateResult(int count, byte[] json) {}
