package dev.tessera.impl.bench;

import java.lang.management.ManagementFactory;

/** A meter of the processor time of this process. */
final class CpuMeter {

    private CpuMeter() {}

    /**
     * Returns the nanoseconds that this process used on all cores, or a negative number if the JVM cannot measure them.
     */
    static long processCpuNs() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean bean
                ? bean.getProcessCpuTime()
                : -1;
    }
}
