package dev.tessera.impl.command;

/**
 * Upper bounds of the journal's overhead for changes, beside their keys, values and names. A test checks the journal
 * against them.
 */
public final class ChangeBound {

    /** Bytes for each command. */
    public static final int COMMAND_BYTES = 112;
    /** Bytes for each key that is set, removed or expired, and for each session that ends. */
    public static final int ITEM_BYTES = 48;

    /** Bytes for a session that ends, or loses its keys, to make room for others. */
    public static final int END_BYTES = 48;

    private ChangeBound() {}
}
