package dev.tessera.impl.bench;

import java.lang.management.ManagementFactory;

/** Tells how much processor time this process has used. */
final class CpuMeter {

    private CpuMeter() {}

    /** Nanoseconds on all cores together; a negative number where the JVM does not know. */
    static long processCpuNs() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean bean
                ? bean.getProcessCpuTime()
                : -1;
    }
}
