package dev.tessera.impl.memory;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** The sizes of arrays on the heap, in bytes. A JVM of 64 bits rounds every object up to eight bytes. */
public final class ObjectSize {

    /** The header of an array, which includes its length. */
    private static final int ARRAY_HEADER_BYTES = 16;

    private static final int ALIGNMENT_BYTES = 8;

    /** The size of one reference. */
    public static final int REFERENCE_BYTES = hasCompressedReferences() ? 4 : 8;

    /** The most that a byte array takes beside its content: its header, and the rounding. */
    public static final int BYTES_OVERHEAD_MAX = ARRAY_HEADER_BYTES + ALIGNMENT_BYTES - 1;

    private ObjectSize() {}

    /** Returns the size of an array of references, without the objects that it refers to. */
    public static long ofReferences(int length) {
        return aligned(ARRAY_HEADER_BYTES + (long) REFERENCE_BYTES * length);
    }

    /** Returns the size of an array of ints. */
    public static long ofInts(int length) {
        return aligned(ARRAY_HEADER_BYTES + (long) Integer.BYTES * length);
    }

    /** Returns the size of an array of bytes. */
    public static long ofBytes(int length) {
        return aligned(ARRAY_HEADER_BYTES + (long) length);
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT_BYTES - 1) & -ALIGNMENT_BYTES;
    }

    /** Returns whether references take four bytes, which heaps below 32 GB have by default. */
    private static boolean hasCompressedReferences() {
        try {
            HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return vm != null
                    && Boolean.parseBoolean(vm.getVMOption("UseCompressedOops").getValue());
        } catch (RuntimeException | LinkageError e) {
            // Another JVM, or one without this option: the larger size is safe.
            return false;
        }
    }
}
