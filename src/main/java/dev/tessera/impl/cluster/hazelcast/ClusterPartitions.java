package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.partition.IPartition;
import com.hazelcast.internal.partition.InternalPartitionService;
import com.hazelcast.map.IMap;
import com.hazelcast.spi.exception.RetryableHazelcastException;
import dev.tessera.impl.cluster.commit.CommitLimits;
import dev.tessera.impl.cluster.partition.BatchRunner;
import dev.tessera.impl.cluster.partition.DeferredId;
import dev.tessera.impl.cluster.partition.PartitionHost;
import dev.tessera.impl.cluster.partition.ReplicatedPartition;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.log.LimitedLog;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.routing.StoreLink;
import dev.tessera.impl.routing.StoreLinks;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.session.KeyOrder;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.work.WorkerQueue;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of a cluster, as one node holds and reaches them. Each is one entry of a map, in the Hazelcast
 * partition of the same number. Thread-safe.
 */
public final class ClusterPartitions implements StoreLinks, AutoCloseable {

    /** The name of the map. */
    public static final String MAP = "tessera.partitions";

    static final String SEARCHERS = "tessera.search";
    private static final String CONTEXT_KEY = "tessera.partitions";
    private static final String SERIALIZERS_KEY = "tessera.serializers";
    /** A bound for the replies of one batch, because the partition keeps them in its reply cache. */
    private static final int BATCH_REPLY_BYTES_MAX = 128 * 1024;

    private static final LimitedLog REPLY_NOT_TAKEN =
            LimitedLog.debug(ClusterPartitions.class, "A node has not taken a deferred reply; it asks again");
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** The interval at which Hazelcast looks for copies that have missed a change. */
    private static final String COPY_CHECK_SECONDS = "2";

    private final HazelcastInstance hazelcast;
    private final ClusterOptions options;
    private final IMap<Integer, PartitionEntry> map;
    private final int[] keys;
    private final WorkerQueue workers;
    private final DeferredReplies deferredReplies;
    private final AwaitedReplies awaitedReplies = new AwaitedReplies();
    private final PartitionHost host;
    private final ThreadLocal<BatchRunner> runners;
    private final Sweeper sweeper;
    private final MemoryBudget memory;
    /** The partitions and copies that this node counts, by number. */
    private final AtomicReferenceArray<ReplicatedPartition> held;
    /** How many copies each partition has. */
    private final int backups;
    /** Only the internal table of Hazelcast tells whether a node has a copy. */
    private final InternalPartitionService table;
    /** By partition, as of its last sweep on this node. */
    private final AtomicLongArray heldSessions;

    private final AtomicLongArray heldKeys;
    /** Null if events are disabled. */
    private final @Nullable EventPublisher events;
    /** Null until the nodes have agreed on a secret. */
    private volatile @Nullable KeyOrder keyOrder;

    private ClusterPartitions(
            HazelcastInstance hazelcast, ClusterOptions options, Commands commands, InstantSource clock) {
        this.hazelcast = hazelcast;
        this.options = options;
        this.map = hazelcast.getMap(MAP);
        this.keys = PartitionKeys.of(hazelcast.getPartitionService());
        this.workers = new WorkerQueue(options.workers());
        this.deferredReplies = new DeferredReplies(
                () -> hazelcast.getCluster().getLocalMember().getUuid(),
                workers,
                options.replyBytesMax(),
                ClusterPartitions::monotonicMs,
                this::sendReply);
        this.memory = new MemoryBudget(options.data(), keys.length);
        this.table = ((HazelcastInstanceProxy) hazelcast).getOriginal().node.getPartitionService();
        this.held = new AtomicReferenceArray<>(keys.length);
        this.backups = hazelcast.getConfig().getMapConfig(MAP).getTotalBackupCount();
        ThreadLocal<SplittableRandom> states =
                ThreadLocal.withInitial(() -> new SplittableRandom(new SecureRandom().nextLong()));
        this.host = new PartitionHost(
                commands,
                stores(),
                options.depthMax(),
                options.replyBytesMax(),
                BATCH_REPLY_BYTES_MAX,
                2 * options.patienceMs(),
                clock::millis,
                ClusterPartitions::monotonicMs,
                System::nanoTime,
                () -> states.get().nextLong(),
                deferredReplies,
                options.events() ? EventOutbox::new : null,
                memory);
        this.runners = ThreadLocal.withInitial(() -> new BatchRunner(host));
        this.heldSessions = new AtomicLongArray(keys.length);
        this.heldKeys = new AtomicLongArray(keys.length);
        this.sweeper = new Sweeper(this, options.sweepIntervalMs());
        this.events = options.events() ? new EventPublisher(this) : null;
    }

    /**
     * Adds to a configuration everything that the partitions need of a member.
     *
     * @param backups how many copies each partition has
     * @param searchThreads how many threads pass deferred replies on
     * @return the configuration of the map; the caller may change it
     */
    public static MapConfig configure(Config config, int backups, int searchThreads) {
        PartitionSerializers serializers = new PartitionSerializers();
        config.getSerializationConfig().addDataSerializableFactory(PartitionSerializers.FACTORY_ID, serializers);
        // The member copies this map into its own.
        config.getUserContext().put(SERIALIZERS_KEY, serializers);
        config.addExecutorConfig(new ExecutorConfig(SEARCHERS, searchThreads).setStatisticsEnabled(false));
        config.setProperty("hazelcast.partition.backup.sync.interval", COPY_CHECK_SECONDS);
        MapConfig map = new MapConfig(MAP)
                .setInMemoryFormat(InMemoryFormat.OBJECT)
                .setBackupCount(backups)
                .setAsyncBackupCount(0)
                .setStatisticsEnabled(false)
                .setPerEntryStatsEnabled(false)
                .setMergePolicyConfig(new MergePolicyConfig(NewestSessions.class.getName(), 1));
        config.addMapConfig(map);
        return map;
    }

    /** Opens the partitions on a member. It need not have any yet, and must not have had any before. */
    public static ClusterPartitions open(
            HazelcastInstance hazelcast, ClusterOptions options, Commands commands, InstantSource clock) {
        ClusterPartitions opened = new ClusterPartitions(hazelcast, options, commands, clock);
        hazelcast.getUserContext().put(CONTEXT_KEY, opened);
        opened.sweeper.start();
        return opened;
    }

    /** Returns the partitions of a member; throws a retryable exception until the member has opened them. */
    static ClusterPartitions on(HazelcastInstance hazelcast) {
        ClusterPartitions opened =
                (ClusterPartitions) hazelcast.getUserContext().get(CONTEXT_KEY);
        if (opened == null) {
            throw new RetryableHazelcastException("this node is starting");
        }
        return opened;
    }

    /** Sets the order of keys in lists. Must be called before the member takes partitions. */
    public void orderKeys(KeyOrder order) {
        keyOrder = order;
        Object serializers = hazelcast.getUserContext().get(SERIALIZERS_KEY);
        ((PartitionSerializers) Objects.requireNonNull(serializers)).orderKeys(order);
    }

    KeyOrder keyOrder() {
        KeyOrder order = keyOrder;
        if (order == null) {
            throw new RetryableHazelcastException("this node is starting");
        }
        return order;
    }

    /** Returns the map of stores: to a dispatcher every partition is a store. */
    public StoreMap stores() {
        return new StoreMap(keys.length, keys.length);
    }

    @Override
    public StoreLink link(Vertx vertx) {
        return new ClusterLink(vertx, this);
    }

    /** Stops reclaiming sessions. The node executes batches of other nodes until the member has left. */
    @Override
    public void close() {
        sweeper.stop();
    }

    HazelcastInstance hazelcast() {
        return hazelcast;
    }

    IMap<Integer, PartitionEntry> map() {
        return map;
    }

    /** Returns the number of the partition whose entry has this key. */
    int number(Integer key) {
        return hazelcast.getPartitionService().getPartition(key).getPartitionId();
    }

    /** Returns the key of the entry of a partition. */
    Integer key(int partition) {
        return keys[partition];
    }

    PartitionHost host() {
        return host;
    }

    /** Returns the budget of the memory for the partitions and copies on this node. */
    public MemoryBudget memory() {
        return memory;
    }

    /** Reports that this node holds a partition or a copy. Thread: the partition's. */
    void holds(int number, ReplicatedPartition partition) {
        if (held.getPlain(number) != partition) {
            ReplicatedPartition before = held.getAndSet(number, partition);
            if (before != null) {
                before.leave();
            }
        }
    }

    /** Stops counting the partitions that have moved to other nodes. */
    void forgetMoved() {
        Address local = hazelcast.getCluster().getLocalMember().getAddress();
        for (int number = 0; number < keys.length; number++) {
            ReplicatedPartition partition = held.get(number);
            if (partition != null
                    && !hasReplica(table.getPartition(number), local)
                    && held.compareAndSet(number, partition, null)) {
                partition.leave();
            }
        }
    }

    /** The table names more members than have copies, because other maps have more copies. */
    private boolean hasReplica(IPartition partition, Address member) {
        for (int replica = 0; replica <= backups; replica++) {
            if (member.equals(partition.getReplicaAddress(replica))) {
                return true;
            }
        }
        return false;
    }

    /** Reports that a processor has run on a partition of this node. Thread: the partition's. */
    void worked(int number, ReplicatedPartition partition) {
        holds(number, partition);
        if (events != null) {
            events.worked(number, partition);
        }
    }

    /** Records the result of a sweep of a partition of this node. Thread: the partition's. */
    void swept(int number, Partition partition) {
        heldSessions.setOpaque(number, partition.heldSessions());
        heldKeys.setOpaque(number, partition.heldKeys());
    }

    /** Returns how many sessions the partitions of this node hold, each as of its last sweep. */
    public long heldSessions() {
        return held(heldSessions);
    }

    /** Returns how many keys the partitions of this node hold, each as of its last sweep. */
    public long heldKeys() {
        return held(heldKeys);
    }

    private long held(AtomicLongArray counts) {
        return hazelcast.getLifecycleService().isRunning()
                ? IntStream.range(0, counts.length())
                        .filter(this::owns)
                        .mapToLong(counts::getOpaque)
                        .sum()
                : 0;
    }

    /** Returns whether this node owns a partition now. */
    boolean owns(int partition) {
        Member owner =
                hazelcast.getPartitionService().getPartition(key(partition)).getOwner();
        return owner != null && owner.localMember();
    }

    /** Returns the workers of this node. */
    public WorkerQueue workers() {
        return workers;
    }

    AwaitedReplies awaitedReplies() {
        return awaitedReplies;
    }

    /** Sends a deferred reply to the node that has asked for it. If the node is gone, nobody waits. */
    private void sendReply(UUID asker, DeferredId id, byte[] reply, Runnable taken) {
        ExecutionCallback<Object> callback = new ExecutionCallback<>() {
            @Override
            public void onResponse(Object nothing) {
                taken.run();
            }

            @Override
            public void onFailure(Throwable failure) {
                REPLY_NOT_TAKEN.log(failure);
            }
        };
        try {
            Member member = memberOf(asker);
            if (member != null) {
                hazelcast.getExecutorService(SEARCHERS).submitToMember(new DeferredResult(id, reply), member, callback);
            }
        } catch (RejectedExecutionException | HazelcastInstanceNotActiveException e) {
            // This node leaves, and the reply with it.
            REPLY_NOT_TAKEN.log(e);
        }
    }

    /** Returns a member of the cluster; null if it is gone. */
    @Nullable
    Member memberOf(UUID node) {
        return hazelcast.getCluster().getMembers().stream()
                .filter(member -> member.getUuid().equals(node))
                .findFirst()
                .orElse(null);
    }

    DeferredReplies deferredReplies() {
        return deferredReplies;
    }

    ClusterOptions options() {
        return options;
    }

    CommitLimits limits() {
        return CommitLimits.withPatience(options.patienceMs());
    }

    /** Returns the runner that executes batches on this thread. */
    BatchRunner runner() {
        return runners.get();
    }

    static long monotonicMs() {
        return System.nanoTime() / NANOS_PER_MILLI;
    }
}
