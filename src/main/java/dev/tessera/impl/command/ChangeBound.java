package dev.tessera.impl.command;

/** What it takes to write down a change, beside the keys, values and names in it. A test holds the journal to it. */
public final class ChangeBound {

    /** For a command. */
    public static final int COMMAND_BYTES = 96;
    /** For each key that is set or removed, and for each session that ends. */
    public static final int ITEM_BYTES = 16;

    private ChangeBound() {}
}
