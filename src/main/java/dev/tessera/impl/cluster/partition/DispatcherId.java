package dev.tessera.impl.cluster.partition;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.random.RandomGenerator;

/** Tells the dispatchers of all nodes apart: 128 bits that are drawn when a dispatcher opens. */
public record DispatcherId(long high, long low) {

    /** Draws a new one. */
    public static DispatcherId random(RandomGenerator random) {
        return new DispatcherId(random.nextLong(), random.nextLong());
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(high);
        out.writeLong(low);
    }

    static DispatcherId read(DataInput in) throws IOException {
        return new DispatcherId(in.readLong(), in.readLong());
    }
}
