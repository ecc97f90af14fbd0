package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A call that writes a deferred reply on the node that holds it. Its result is null if the reply is gone. */
final class DeferredCall implements Callable<byte[]>, IdentifiedDataSerializable, HazelcastInstanceAware {

    private long number;
    /** Set after deserialization. */
    private @Nullable ClusterPartitions node;

    DeferredCall() {}

    DeferredCall(long number) {
        this.number = number;
    }

    @Override
    public byte @Nullable [] call() {
        return Objects.requireNonNull(node).deferredReplies().write(number);
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance hazelcast) {
        node = ClusterPartitions.on(hazelcast);
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(number);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        number = in.readLong();
    }

    @Override
    public int getFactoryId() {
        return PartitionSerializers.FACTORY_ID;
    }

    @Override
    public int getClassId() {
        return PartitionSerializers.DEFERRED;
    }
}
