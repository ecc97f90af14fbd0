package dev.tessera.command;

import dev.tessera.command.parameter.Parameter;
import dev.tessera.json.Slice;
import dev.tessera.session.Partitions;
import java.util.List;

/**
 * A command that concerns all partitions: every owner executes it on its own and gives a part, of whose bytes only this
 * command knows the meaning; the gateway makes one answer of the parts.
 *
 * <p>A part begins with a byte {@value #PART}. What begins with anything else is not a part but the answer of an owner
 * that failed.
 */
public abstract class ScatterCommand extends Command {

  private static final char PART = 'P';

  /** Declares a command. */
  protected ScatterCommand(String name, String summary, Parameter<?>... parameters) {
    super(name, summary, parameters);
  }

  @Override
  public boolean takesToken() {
    return false;
  }

  @Override
  public final void execute(Request request, Partitions partitions, long nowMs, Answer answer) {
    answer.part().mark(PART);
    writePart(request, partitions, nowMs, answer);
  }

  /**
   * Makes one answer of what the owners gave: of their parts or, where an owner failed, its failure.
   *
   * <p>Thread: the gateway's.
   */
  public final void gather(Request request, List<Slice> given, Answer answer) {
    for (Slice part : given) {
      if (part.array()[part.from()] != PART) {
        answer.part().raw(part.array(), part.from(), part.to());
        return;
      }
      part.set(part.array(), part.from() + 1, part.to());
    }
    writeAnswer(request, given, answer);
  }

  /** Writes the part of one owner, with {@link Answer#part()}. */
  protected abstract void writePart(Request request, Partitions partitions, long nowMs, Answer answer);

  /**
   * Writes the answer.
   *
   * @param parts one from each owner, in any order
   */
  protected abstract void writeAnswer(Request request, List<Slice> parts, Answer answer);
}
