package dev.tessera.impl.command;

import dev.tessera.impl.json.Slice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The commands that a server knows, by name. Immutable, and shared by all threads. */
public final class Commands {

    private static final int TABLE_SIZE = 64;

    private final List<Command> all;
    private final Set<String> disabled;
    private final boolean sessions;
    /** By {@link #home}, each entry the commands that share it; built once, so that a look-up makes no string. */
    private final Command[][] table;

    private Commands(List<Command> all, Set<String> disabled, boolean sessions) {
        this.all = all;
        this.disabled = disabled;
        this.sessions = sessions;
        Map<Integer, List<Command>> homes = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            Command command = all.get(i);
            command.assignNumber(i + 1);
            homes.computeIfAbsent(home(command.nameBytes(), 0, command.nameBytes().length), k -> new ArrayList<>())
                    .add(command);
        }
        this.table = new Command[TABLE_SIZE][];
        homes.forEach((home, commands) -> table[home] = commands.toArray(Command[]::new));
    }

    /**
     * The set of some commands.
     *
     * @param disabled names of commands that are known and switched off
     * @throws IllegalArgumentException where a disabled name is no command's
     */
    public static Commands of(List<Command> commands, Collection<String> disabled) {
        requireKnown(commands, disabled);
        return new Commands(List.copyOf(commands), Set.copyOf(disabled), true);
    }

    /**
     * As {@link #of}, of a server without sessions: each command as it is then, and switched off what makes no sense
     * then.
     *
     * @param commands the commands of a server with sessions
     */
    public static Commands withoutSessions(List<Command> commands, Collection<String> disabled) {
        requireKnown(commands, disabled);
        Set<String> refused = new HashSet<>(disabled);
        List<Command> all = new ArrayList<>();
        for (Command command : commands) {
            Command without = command.withoutSessions();
            if (without == null) {
                refused.add(command.name());
            }
            all.add(without == null ? command : without);
        }
        return new Commands(List.copyOf(all), Set.copyOf(refused), false);
    }

    private static void requireKnown(List<Command> commands, Collection<String> disabled) {
        for (String name : disabled) {
            if (commands.stream().noneMatch(command -> command.name().equals(name))) {
                throw new IllegalArgumentException("there is no command " + name + " to be disabled");
            }
        }
    }

    /** All of them, disabled ones included, in the order of the docs. */
    public List<Command> all() {
        return all;
    }

    /** Says whether there are sessions, and with them tokens in requests and answers. */
    public boolean sessions() {
        return sessions;
    }

    /** Says whether a command is switched off. */
    public boolean isDisabled(Command command) {
        return !disabled.isEmpty() && disabled.contains(command.name());
    }

    /** The number of the command with this name (see {@link Command#number}), or 0. */
    public int numberOf(byte[] name) {
        Slice slice = new Slice();
        slice.set(name, 0, name.length);
        Command command = find(slice);
        return command == null ? 0 : command.number();
    }

    /** The command with this name, or null. */
    Command find(Slice name) {
        Command[] candidates = table[home(name.array(), name.from(), name.to())];
        if (candidates != null) {
            for (Command candidate : candidates) {
                if (name.contentEquals(candidate.nameBytes())) {
                    return candidate;
                }
            }
        }
        return null;
    }

    private static int home(byte[] text, int from, int to) {
        if (from == to) {
            return 0;
        }
        return text[from + (to - from) / 2] * 31 + text[to - 1] * 7 + (to - from) & TABLE_SIZE - 1;
    }
}
