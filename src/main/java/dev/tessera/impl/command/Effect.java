package dev.tessera.impl.command;

/**
 * The most that a command does to stored sessions and keys. Moving the end of a session that a command uses does not
 * count as an effect.
 */
public enum Effect {
    /** Changes nothing, so it can be repeated freely. */
    READ,
    /** Creates or replaces sessions or keys, and may remove some. */
    WRITE,
    /** Only removes sessions or keys, so it needs no new space. */
    REMOVE
}
