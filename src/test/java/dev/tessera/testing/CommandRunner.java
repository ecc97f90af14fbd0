package dev.tessera.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Command;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.GatheredCommand;
import dev.tessera.impl.command.IllFormedTextException;
import dev.tessera.impl.command.PartitionCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.impl.command.TokenSource;
import dev.tessera.impl.command.kv.KvAdd;
import dev.tessera.impl.command.kv.KvAddQ;
import dev.tessera.impl.command.kv.KvClear;
import dev.tessera.impl.command.kv.KvClearSet;
import dev.tessera.impl.command.kv.KvContains;
import dev.tessera.impl.command.kv.KvCount;
import dev.tessera.impl.command.kv.KvGet;
import dev.tessera.impl.command.kv.KvKeys;
import dev.tessera.impl.command.kv.KvRmv;
import dev.tessera.impl.command.kv.KvSet;
import dev.tessera.impl.command.kv.KvSetQ;
import dev.tessera.impl.command.sh.ShEnd;
import dev.tessera.impl.command.sh.ShEndAll;
import dev.tessera.impl.command.sh.ShExists;
import dev.tessera.impl.command.sh.ShInfo;
import dev.tessera.impl.command.sh.ShInfoAll;
import dev.tessera.impl.command.sh.ShNew;
import dev.tessera.impl.command.sh.ShOpen;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.routing.RequestRouter;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.session.Expiry;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs messages against partitions of its own on the thread of the test, from bytes to bytes, as gateway and stores do
 * together: several owners, a clock that only the test moves, and tokens that can be foretold.
 */
public final class CommandRunner {

    /** All commands that there are. */
    public static final List<Command> COMMANDS = List.of(
            new KvSet(),
            new KvSetQ(),
            new KvAdd(),
            new KvAddQ(),
            new KvGet(),
            new KvContains(),
            new KvRmv(),
            new KvClear(),
            new KvClearSet(),
            new KvCount(),
            new KvKeys(),
            new ShNew(),
            new ShOpen(),
            new ShEnd(),
            new ShEndAll(),
            new ShExists(),
            new ShInfo(),
            new ShInfoAll());

    /** How many owners share the partitions, one each. */
    public static final int OWNERS = 3;
    /** Where the clock stands at first. */
    public static final long NOW_MS = 1_800_000_000_000L;

    private static final int DEPTH_MAX = 512;

    private final List<Owner> owners = new ArrayList<>();
    private final RequestRouter router;
    private final RequestDecoder decoder;
    private final JsonWriter out = new JsonWriter();
    private final Answer answer = new Answer(out);
    private long nowMs = NOW_MS;
    private long nextToken = 1000;

    private final TokenSource tokens = new TokenSource() {
        @Override
        public long random() {
            return nextToken++;
        }

        @Override
        public long shared(byte[] name) {
            return sharedToken(new String(name, UTF_8));
        }

        @Override
        public long ofKey(byte[] text, int from, int to) {
            return Arrays.hashCode(Arrays.copyOfRange(text, from, to));
        }
    };

    private record Owner(int number, Partition partition) implements Partitions {

        @Override
        public boolean owns(long token) {
            return Long.remainderUnsigned(token, OWNERS) == number;
        }

        @Override
        public Partition of(long token) {
            return partition;
        }

        @Override
        public Partition at(int partitionNumber) {
            return partitionNumber == number ? partition : null;
        }

        @Override
        public void globalKeysUsed() {
            // nobody listens
        }

        @Override
        public void forEach(Consumer<Partition> consumer) {
            consumer.accept(partition);
        }
    }

    /** All commands, none disabled. */
    public CommandRunner() {
        this(Set.of());
    }

    /** All commands, some disabled. */
    public CommandRunner(Set<String> disabled) {
        this(Commands.of(COMMANDS, disabled));
    }

    private CommandRunner(Commands commands) {
        decoder = new RequestDecoder(commands, DEPTH_MAX);
        router = new RequestRouter(new StoreMap(OWNERS, OWNERS), tokens);
        for (int number = 0; number < OWNERS; number++) {
            owners.add(new Owner(number, new Partition()));
        }
    }

    /** All commands as they are where sessions are switched off. */
    public static CommandRunner withoutSessions() {
        return new CommandRunner(Commands.withoutSessions(COMMANDS, Set.of()));
    }

    /** The token that a shared session of this name gets. */
    public static long sharedToken(String name) {
        return 0x8000000000000000L | name.hashCode();
    }

    /** Makes a session without a command. */
    public CommandRunner session(long token) {
        return session(token, Expiry.NEVER);
    }

    /** Makes a session without a command. */
    public CommandRunner session(long token, Expiry expiry) {
        ownerOf(token).partition().create(token, new byte[] {'s'}, false, expiry, nowMs);
        return this;
    }

    /** Moves the clock. */
    public void advanceMs(long ms) {
        nowMs += ms;
    }

    /** Gives the answer to a message; empty for silence. */
    public String run(String message) {
        try {
            return new String(run(message.getBytes(UTF_8)), UTF_8);
        } catch (IllFormedTextException e) {
            throw new IllegalArgumentException(message, e);
        }
    }

    /** As {@link #run(String)}; as a transport does, it hands the bytes over. */
    public byte[] run(byte[] message) throws IllFormedTextException {
        Request request = decode(message);
        out.take(0);
        if (request.fault() != null) {
            answer.fault(request, request.fault());
        } else if (request.command() instanceof PartitionCommand command) {
            request.assignToken(command.route(request, tokens));
            command.execute(request, ownerOf(request.token()), nowMs, answer);
        } else {
            int one = router.route(request);
            if (one != RequestRouter.SEVERAL) {
                request.command().execute(request, owners.get(one), nowMs, answer);
                return out.take(0);
            }
            List<Slice> parts = new ArrayList<>();
            for (int number : router.storesOf(request).stream().toArray()) {
                request.command().execute(request, owners.get(number), nowMs, answer);
                byte[] bytes = out.take(0);
                Slice part = new Slice();
                // somewhere within a larger array, as in a batch
                byte[] larger = new byte[bytes.length + 7];
                Arrays.fill(larger, (byte) 'x');
                System.arraycopy(bytes, 0, larger, 3, bytes.length);
                part.set(larger, 3, 3 + bytes.length);
                parts.add(part);
            }
            ((GatheredCommand) request.command()).gather(request, parts, answer);
        }
        return out.take(0);
    }

    /** Decodes a message and does no more. */
    public Request decode(byte[] message) throws IllFormedTextException {
        return decoder.decode(message, 0, message.length);
    }

    private Owner ownerOf(long token) {
        return owners.get((int) Long.remainderUnsigned(token, OWNERS));
    }
}
