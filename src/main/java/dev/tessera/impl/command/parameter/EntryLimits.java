package dev.tessera.impl.command.parameter;

/**
 * The limits of one key and its value.
 *
 * @param keyBytesMax the most bytes of a key, as canonical text
 * @param valueBytesMax the most bytes of a value
 */
public record EntryLimits(int keyBytesMax, int valueBytesMax) {

    /** Only the size of a message limits keys and values. */
    public static final EntryLimits NONE = new EntryLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);
}
