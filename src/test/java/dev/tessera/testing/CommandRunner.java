package dev.tessera.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.AnswerStatus;
import dev.tessera.impl.command.Command;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.Deferred;
import dev.tessera.impl.command.IllFormedTextException;
import dev.tessera.impl.command.Later;
import dev.tessera.impl.command.Preparation;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.impl.command.Rounds;
import dev.tessera.impl.command.Route;
import dev.tessera.impl.command.SearchLimits;
import dev.tessera.impl.command.TokenSource;
import dev.tessera.impl.command.parameter.EntryLimits;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.jsonpath.JsonPathCache;
import dev.tessera.impl.jsonpath.JsonPathOptions;
import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.RequestRouter;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.server.TesseraCommands;
import dev.tessera.impl.session.Eviction;
import dev.tessera.impl.session.Expiry;
import dev.tessera.impl.session.KeyOrder;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import dev.tessera.impl.session.Session;
import dev.tessera.protocol.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs messages against its own partitions, from bytes to bytes, as gateway and stores do together. It has several
 * owners, a clock that only the test moves, and predictable tokens. Thread: the test's.
 */
public final class CommandRunner {

    /** All commands, with generous limits. */
    public static final List<Command> COMMANDS =
            commands(new SearchLimits(10_000, 1_000, 10_000, 1_000_000, 64, 1_000_000, 1_000));

    /** The most commands of a batch. */
    public static final int BATCHED_COMMANDS = 100;

    /** The number of owners, each with one partition. */
    public static final int OWNERS = 3;
    /** The initial time of the clock. */
    public static final long NOW_MS = 1_800_000_000_000L;

    private static final int DEPTH_MAX = 512;
    private static final KeyOrder ORDER = KeyOrder.under("a secret".getBytes(UTF_8));
    private static final StoreMap MAP = new StoreMap(OWNERS, OWNERS);

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

        @Override
        public KeyOrder keyOrder() {
            return ORDER;
        }
    };

    private record Owner(int number, Partition partition) implements Partitions {

        @Override
        public boolean owns(long token) {
            return MAP.storeOf(token) == number;
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
            // The partitions have no listener.
        }

        @Override
        public void forEach(Consumer<Partition> consumer) {
            consumer.accept(partition);
        }

        @Override
        public boolean makeRoom(MemoryAccount memory, long bytes, int sessions, @Nullable Session except, long nowMs) {
            return memory.limits().evicts()
                    && new Eviction(new Random(1))
                            .makeRoom(List.of(partition), memory, bytes, sessions, except, nowMs, () -> true);
        }
    }

    /** Creates a runner with all commands. */
    public CommandRunner() {
        this(Set.of());
    }

    /** Creates a runner with all commands, some disabled. */
    public CommandRunner(Set<String> disabled) {
        this(Commands.of(COMMANDS, disabled), MemoryBudget.unlimited());
    }

    private CommandRunner(Commands commands, MemoryBudget memory) {
        decoder = new RequestDecoder(commands, DEPTH_MAX);
        router = new RequestRouter(MAP, tokens);
        for (int number = 0; number < OWNERS; number++) {
            owners.add(new Owner(number, new Partition(null, new MemoryAccount(memory), ORDER)));
        }
    }

    /** Creates a runner of a server without sessions. */
    public static CommandRunner withoutSessions() {
        return new CommandRunner(Commands.withoutSessions(COMMANDS, Set.of()), MemoryBudget.unlimited());
    }

    /** Creates a runner of other commands, with sessions or without. */
    public static CommandRunner of(List<Command> commands, boolean sessions) {
        return new CommandRunner(
                sessions ? Commands.of(commands, Set.of()) : Commands.withoutSessions(commands, Set.of()),
                MemoryBudget.unlimited());
    }

    /** Creates a runner whose partitions share a budget, with sessions or without. */
    public static CommandRunner within(MemoryBudget memory, boolean sessions) {
        return new CommandRunner(
                sessions ? Commands.of(COMMANDS, Set.of()) : Commands.withoutSessions(COMMANDS, Set.of()), memory);
    }

    /** Throws if a partition is inconsistent. */
    public void checkInvariants() {
        owners.forEach(owner -> owner.partition().checkInvariants());
    }

    /** Returns all commands, with limits of searches and updates. */
    public static List<Command> commands(SearchLimits search) {
        JsonPathOptions options = new JsonPathOptions(false, JsonPathOptions.DEFAULT_LENGTH_MAX);
        return TesseraCommands.all(new JsonPathCache(options, 16), search, BATCHED_COMMANDS, EntryLimits.NONE);
    }

    /** Returns the token of the shared session with this name. */
    public static long sharedToken(String name) {
        return 0x8000000000000000L | name.hashCode();
    }

    /** Creates a session without a command. */
    public CommandRunner session(long token) {
        return session(token, Expiry.NEVER);
    }

    /** Creates a session without a command. */
    public CommandRunner session(long token, Expiry expiry) {
        ownerOf(token).partition().create(token, new byte[] {'s'}, false, expiry, nowMs);
        return this;
    }

    /** Moves the clock. */
    public void advanceMs(long ms) {
        nowMs += ms;
    }

    /** Returns the answer to a message, or an empty string if the command is silent. */
    public String run(String message) {
        try {
            return new String(run(message.getBytes(UTF_8)), UTF_8);
        } catch (IllFormedTextException e) {
            throw new IllegalArgumentException(message, e);
        }
    }

    /** As {@link #run(String)}; the array belongs to the runner, as it does when a transport passes it on. */
    public byte[] run(byte[] message) throws IllFormedTextException {
        Request request = decode(message);
        out.take(0);
        if (request.fault() != null) {
            answer.fault(request, request.fault());
        } else {
            execute(request);
        }
        byte[] reply = out.take(0);
        requireDeclared(request, reply);
        return reply;
    }

    /** Checks that the command of a request declares the fault with which it was answered. */
    private static void requireDeclared(Request request, byte[] reply) {
        Status status = reply.length == 0 ? null : Status.of(AnswerStatus.of(reply, 0));
        if (request.commandNumber() == Commands.UNKNOWN || status == null || !status.isFault()) {
            return;
        }
        Command command = COMMANDS.get(request.commandNumber() - 1);
        if (!Command.COMMON_FAULTS.contains(status) && !command.faults().contains(status)) {
            throw new AssertionError(command.name() + " does not declare " + status);
        }
    }

    private void execute(Request request) {
        Route route = router.route(request);
        switch (route) {
            case ONE_PARTITION -> execute(request, router.storeOf(request));
            case NAMED_PARTITIONS, ALL_PARTITIONS -> {
                List<Slice> parts = new ArrayList<>();
                for (int number : router.storesOf(request, route).stream().toArray()) {
                    execute(request, number);
                    parts.add(withinLargerArray(out.take(0)));
                }
                request.command().gather(request, parts, answer);
            }
            case ROUNDS -> {
                Rounds rounds = router.rounds(request, Integer.MAX_VALUE);
                while (!rounds.isComplete()) {
                    rounds.take(round(rounds.next()));
                }
                rounds.write(answer);
            }
            case NODE -> answer.fault(request, new Fault(Status.UNAVAILABLE, "the runner has no node"));
        }
    }

    private List<Slice> round(Request request) {
        List<Slice> replies = new ArrayList<>();
        int[] stores = request.partitions() == null
                ? new int[] {router.storeOf(request)}
                : router.storesOf(request, Route.NAMED_PARTITIONS).stream().toArray();
        for (int store : stores) {
            execute(request, store);
            replies.add(withinLargerArray(out.take(0)));
        }
        return replies;
    }

    private void execute(Request request, int owner) {
        request.command().execute(request, owners.get(owner), nowMs, answer);
        answer.prepare(null);
        Later later = answer.takeLater();
        if (later instanceof Preparation preparation) {
            preparation.run(() -> false);
            answer.prepare(preparation);
            request.command().execute(request, owners.get(owner), nowMs, answer);
            answer.prepare(null);
        } else if (later instanceof Deferred deferred) {
            deferred.write(answer, () -> false);
        }
    }

    /** Copies a part as it lies in a batch of replies. */
    private static Slice withinLargerArray(byte[] bytes) {
        byte[] larger = new byte[bytes.length + 7];
        Arrays.fill(larger, (byte) 'x');
        System.arraycopy(bytes, 0, larger, 3, bytes.length);
        Slice part = new Slice();
        part.set(larger, 3, 3 + bytes.length);
        return part;
    }

    /** Only decodes a message. */
    public Request decode(byte[] message) throws IllFormedTextException {
        return decoder.decode(message, 0, message.length);
    }

    private Owner ownerOf(long token) {
        return owners.get(MAP.storeOf(token));
    }
}
