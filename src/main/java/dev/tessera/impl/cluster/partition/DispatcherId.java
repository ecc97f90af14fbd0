package dev.tessera.impl.cluster.partition;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.random.RandomGenerator;

/** The id of a dispatcher among those of all nodes: 128 random bits, drawn when the dispatcher opens. */
public record DispatcherId(long high, long low) {

    /** Draws a new id. */
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
