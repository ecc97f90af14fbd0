package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A question for a deferred reply, to the node that holds it. The result is {@link DeferredReplies#LATER} if that node
 * sends the reply later, and null if the reply is gone. A question without an asker drops the reply.
 */
final class DeferredCall implements Callable<byte[]>, IdentifiedDataSerializable, HazelcastInstanceAware {

    private long number;
    /** Null if nobody waits for the reply any more. */
    private @Nullable UUID asker;
    /** Set after deserialization. */
    private @Nullable ClusterPartitions node;

    DeferredCall() {}

    DeferredCall(long number, @Nullable UUID asker) {
        this.number = number;
        this.asker = asker;
    }

    @Override
    public byte @Nullable [] call() {
        DeferredReplies replies = Objects.requireNonNull(node).deferredReplies();
        if (asker == null) {
            replies.cancel(number);
            return null;
        }
        return replies.ask(number, asker);
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance hazelcast) {
        node = ClusterPartitions.on(hazelcast);
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(number);
        out.writeBoolean(asker != null);
        if (asker != null) {
            out.writeLong(asker.getMostSignificantBits());
            out.writeLong(asker.getLeastSignificantBits());
        }
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        number = in.readLong();
        asker = in.readBoolean() ? new UUID(in.readLong(), in.readLong()) : null;
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
