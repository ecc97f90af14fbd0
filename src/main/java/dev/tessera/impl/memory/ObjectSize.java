package dev.tessera.impl.memory;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * The sizes of arrays on the heap, in bytes. A JVM of 64 bits rounds every object up to eight bytes. The garbage
 * collector G1 divides the heap into regions, and an object of more than half a region gets whole regions.
 */
public final class ObjectSize {

    /** The header of an array, which includes its length. */
    private static final int ARRAY_HEADER_BYTES = 16;

    private static final int ALIGNMENT_BYTES = 8;

    /** The size of one reference. */
    public static final int REFERENCE_BYTES = hasCompressedReferences() ? 4 : 8;

    /** The most that a byte array of at most half a region takes beside its content. */
    private static final int BYTES_OVERHEAD_MAX = ARRAY_HEADER_BYTES + ALIGNMENT_BYTES - 1;

    /** A power of two; larger than any array if the garbage collector gives no array regions of its own. */
    private static final long REGION_BYTES = regionBytes();

    /** The largest array that shares its region with others. */
    private static final long SHARED_BYTES_MAX = REGION_BYTES / 2;

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
    public static long ofBytes(long length) {
        return aligned(ARRAY_HEADER_BYTES + length);
    }

    /** Returns the most bytes of this many arrays of bytes, of which only the length of all together is known. */
    public static long ofBytesMax(long count, long length) {
        long bytes = length + count * BYTES_OVERHEAD_MAX;
        // An array of more than half a region takes less than twice its size.
        return bytes <= SHARED_BYTES_MAX ? bytes : 2 * bytes;
    }

    private static long aligned(long bytes) {
        long size = roundedUp(bytes, ALIGNMENT_BYTES);
        return size <= SHARED_BYTES_MAX ? size : inRegions(size, REGION_BYTES);
    }

    /** Returns the bytes that an object takes if a region has this size. */
    static long inRegions(long size, long regionBytes) {
        return size <= regionBytes / 2 ? size : roundedUp(size, regionBytes);
    }

    private static long roundedUp(long bytes, long powerOfTwo) {
        return (bytes + powerOfTwo - 1) & -powerOfTwo;
    }

    /** Returns whether references take four bytes, which heaps below 32 GB have by default. */
    private static boolean hasCompressedReferences() {
        // Another JVM, or one without this option: the larger size is safe.
        return Boolean.parseBoolean(vmOption("UseCompressedOops"));
    }

    private static long regionBytes() {
        String bytes = Boolean.parseBoolean(vmOption("UseG1GC")) ? vmOption("G1HeapRegionSize") : null;
        return bytes == null ? 1L << 40 : Long.parseLong(bytes);
    }

    /** Returns an option of the JVM, or null if it has none with this name. */
    private static @Nullable String vmOption(String name) {
        try {
            HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return vm == null ? null : vm.getVMOption(name).getValue();
        } catch (RuntimeException | LinkageError e) {
            return null;
        }
    }
}
