package dev.tessera.impl.command;

import dev.tessera.impl.json.Slice;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one server, by name and by number. Numbers run from 1 in the order of the docs; 0 stands for an
 * unknown command. Immutable, and shared by all threads.
 */
public final class Commands {

    /** The number of an unknown command. */
    public static final int UNKNOWN = 0;

    /** Slots of {@link #table}, several per command, so that most names are alone in theirs. */
    private static final int TABLE_SIZE = 64;

    private static final int[] NO_NUMBERS = {};

    private final List<Command> all;
    private final Set<String> disabled;
    private final boolean sessions;
    /** The numbers of the commands whose names share a slot, by slot. A look-up creates no string. */
    private final int[][] table = new int[TABLE_SIZE][];

    private Commands(List<Command> all, Set<String> disabled, boolean sessions) {
        this.all = all;
        this.disabled = disabled;
        this.sessions = sessions;
        Arrays.fill(table, NO_NUMBERS);
        for (int number = 1; number <= all.size(); number++) {
            byte[] name = all.get(number - 1).nameBytes();
            int slot = slot(name, 0, name.length);
            int[] numbers = Arrays.copyOf(table[slot], table[slot].length + 1);
            numbers[numbers.length - 1] = number;
            table[slot] = numbers;
        }
    }

    /**
     * Creates the commands of a server with sessions.
     *
     * @param commands all commands that exist, in the order of the docs
     * @param disabled the names of the commands that are switched off
     * @throws IllegalArgumentException if no command has one of the disabled names
     */
    public static Commands of(List<Command> commands, Collection<String> disabled) {
        requireKnown(commands, disabled);
        return new Commands(List.copyOf(commands), Set.copyOf(disabled), true);
    }

    /**
     * Creates the commands of a server without sessions: as {@link #of}, but commands that need sessions are switched
     * off as well.
     */
    public static Commands withoutSessions(List<Command> commands, Collection<String> disabled) {
        requireKnown(commands, disabled);
        Set<String> refused = new HashSet<>(disabled);
        commands.stream().filter(Command::needsSessions).map(Command::name).forEach(refused::add);
        return new Commands(List.copyOf(commands), Set.copyOf(refused), false);
    }

    private static void requireKnown(List<Command> commands, Collection<String> disabled) {
        for (String name : disabled) {
            if (commands.stream().noneMatch(command -> command.name().equals(name))) {
                throw new IllegalArgumentException("there is no command " + name + " to be disabled");
            }
        }
    }

    /** Returns all commands in the order of their numbers, the disabled ones included. */
    public List<Command> all() {
        return all;
    }

    /** Returns whether the server has sessions, and with them tokens in requests and answers. */
    public boolean sessions() {
        return sessions;
    }

    /** Returns whether a command is switched off. */
    public boolean isDisabled(Command command) {
        return !disabled.isEmpty() && disabled.contains(command.name());
    }

    /** Returns whether a command requires the parameter {@code tkn} on this server. */
    public boolean takesToken(Command command) {
        return sessions && command.takesToken();
    }

    /** Returns the number of the command with this name, or {@link #UNKNOWN}. */
    int find(Slice name) {
        for (int number : table[slot(name.array(), name.from(), name.to())]) {
            if (name.contentEquals(all.get(number - 1).nameBytes())) {
                return number;
            }
        }
        return UNKNOWN;
    }

    /** Returns the command with this number, or null if it is {@link #UNKNOWN}. */
    @Nullable
    Command get(int number) {
        return number == UNKNOWN ? null : all.get(number - 1);
    }

    private static int slot(byte[] text, int from, int to) {
        if (from == to) {
            return 0;
        }
        return (text[from + (to - from) / 2] * 31 + text[to - 1] * 7 + (to - from)) & (TABLE_SIZE - 1);
    }
}
