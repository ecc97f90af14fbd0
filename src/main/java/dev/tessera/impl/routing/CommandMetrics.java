package dev.tessera.impl.routing;

import dev.tessera.impl.command.Command;
import dev.tessera.impl.command.Commands;
import dev.tessera.protocol.Status;
import java.util.ArrayList;
import java.util.List;

/** The sums of the counters of all dispatchers of a server, open and closed. Thread-safe. */
public final class CommandMetrics {

    /** The name under which messages without a command and unknown commands are counted. */
    public static final String NO_COMMAND = "none";

    private final Commands commands;
    /** The names of the commands by number. */
    private final List<String> names = new ArrayList<>();
    /** The counters of open dispatchers. Its monitor guards it and {@link #closed}. */
    private final List<CommandCounts> open = new ArrayList<>();

    private final CommandCounts closed;

    /** A receiver of counts of commands. */
    public interface CommandSink {

        /** Takes one count. */
        void put(long count, String command);
    }

    /** A receiver of counts of faults. */
    public interface FaultSink {

        /** Takes one count. */
        void put(long count, String command, Status status);
    }

    /** Creates metrics of these commands, all at zero. */
    public CommandMetrics(Commands commands) {
        this.commands = commands;
        names.add(NO_COMMAND);
        commands.all().stream().map(Command::name).forEach(names::add);
        closed = counts();
    }

    /** Returns the counters of one new dispatcher, which passes them to {@link #close} at its end. */
    CommandCounts open() {
        CommandCounts counts = counts();
        synchronized (open) {
            open.add(counts);
        }
        return counts;
    }

    /** Adds the counts to the sum of closed dispatchers. Later counts are lost; a repeated call does nothing. */
    void close(CommandCounts counts) {
        synchronized (open) {
            if (open.remove(counts)) {
                closed.add(counts);
            }
        }
    }

    /** Reports the number of commands by name, including refused ones. */
    public void commands(CommandSink sink) {
        CommandCounts sum = sum();
        for (int number = 0; number < names.size(); number++) {
            sink.put(sum.receivedOf(number), names.get(number));
        }
    }

    /** Reports the number of faults by name and status, without zeros. */
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

    /** Returns the bytes of all commands, without frames and headers. */
    public long bytesIn() {
        return sum().bytesIn();
    }

    /** Returns the bytes of all answers, without frames and headers. */
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
