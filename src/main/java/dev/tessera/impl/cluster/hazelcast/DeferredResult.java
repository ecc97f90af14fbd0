package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import dev.tessera.impl.cluster.partition.DeferredId;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A deferred reply on its way to the node that has asked for it. */
final class DeferredResult implements Runnable, IdentifiedDataSerializable, HazelcastInstanceAware {

    /** Null until the result is read from bytes. */
    private @Nullable DeferredId id;

    private byte[] reply = {};
    /** Set after deserialization. */
    private @Nullable ClusterPartitions node;

    DeferredResult() {}

    DeferredResult(DeferredId id, byte[] reply) {
        this.id = id;
        this.reply = reply;
    }

    @Override
    public void run() {
        Objects.requireNonNull(node).awaitedReplies().received(Objects.requireNonNull(id), reply);
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance hazelcast) {
        node = ClusterPartitions.on(hazelcast);
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        DeferredId written = Objects.requireNonNull(id);
        out.writeLong(written.node().getMostSignificantBits());
        out.writeLong(written.node().getLeastSignificantBits());
        out.writeLong(written.number());
        out.writeByteArray(reply);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        id = new DeferredId(new UUID(in.readLong(), in.readLong()), in.readLong());
        reply = Objects.requireNonNull(in.readByteArray());
    }

    @Override
    public int getFactoryId() {
        return PartitionSerializers.FACTORY_ID;
    }

    @Override
    public int getClassId() {
        return PartitionSerializers.DEFERRED_RESULT;
    }
}
