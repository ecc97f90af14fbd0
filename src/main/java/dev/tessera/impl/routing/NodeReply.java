package dev.tessera.impl.routing;

/**
 * An answer to a {@link NodeCall}.
 *
 * @param number the number of the call
 * @param last whether it is the reply; otherwise it only says that the command has begun
 * @param bytes the answer; not to be changed
 */
public record NodeReply(long number, boolean last, byte[] bytes) {}
