package dev.tessera.impl.routing;

import dev.tessera.impl.command.Command;
import dev.tessera.impl.command.Commands;
import dev.tessera.protocol.Status;
import java.util.ArrayList;
import java.util.List;

/** What all dispatchers of a server count together, those that are closed included. Thread-safe. */
public final class CommandMetrics {

    /** How messages in which no command was found, and commands of an unknown name, are shown. */
    public static final String NO_COMMAND = "none";

    private final Commands commands;
    /** By number. */
    private final List<String> names = new ArrayList<>();
    /** Guards itself, and {@link #closed}. */
    private final List<CommandCounts> open = new ArrayList<>();

    private final CommandCounts closed;

    /** Takes a number with what it counts. */
    public interface CommandSink {

        /** Takes one number. */
        void put(long count, String command);
    }

    /** Takes a number with what it counts. */
    public interface FaultSink {

        /** Takes one number. */
        void put(long count, String command, Status status);
    }

    /** Nothing is counted yet, of these commands. */
    public CommandMetrics(Commands commands) {
        this.commands = commands;
        names.add(NO_COMMAND);
        commands.all().stream().map(Command::name).forEach(names::add);
        closed = counts();
    }

    /** Counts for one dispatcher; to be given to {@link #close} when it counts no more. */
    CommandCounts open() {
        CommandCounts counts = counts();
        synchronized (open) {
            open.add(counts);
        }
        return counts;
    }

    /** Keeps what was counted; what is counted from now on is lost. Called again it does nothing. */
    void close(CommandCounts counts) {
        synchronized (open) {
            if (open.remove(counts)) {
                closed.add(counts);
            }
        }
    }

    /** The number of the command that was sent; 0 where there is no such command. */
    int numberOf(byte[] name) {
        return name == null ? 0 : commands.numberOf(name);
    }

    /** How many commands came, by name; those that were refused included. */
    public void commands(CommandSink sink) {
        CommandCounts sum = sum();
        for (int number = 0; number < names.size(); number++) {
            sink.put(sum.receivedOf(number), names.get(number));
        }
    }

    /** How many answers were faults, by name and status; only what has occurred. */
    public void faults(FaultSink sink) {
        CommandCounts sum = sum();
        for (int number = 0; number < names.size(); number++) {
            for (Status status : Status.values()) {
                long count = sum.faultsOf(number, status);
                if (count > 0) {
                    sink.put(count, names.get(number), status);
                }
            }
        }
    }

    /** How many bytes of commands came, without the frames and headers around them. */
    public long bytesIn() {
        return sum().bytesIn();
    }

    /** How many bytes of answers there were, likewise. */
    public long bytesOut() {
        return sum().bytesOut();
    }

    private CommandCounts counts() {
        return new CommandCounts(commands.all().size());
    }

    private CommandCounts sum() {
        CommandCounts sum = counts();
        synchronized (open) {
            sum.add(closed);
            open.forEach(sum::add);
        }
        return sum;
    }
}
