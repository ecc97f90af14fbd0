package dev.tessera.command;

import dev.tessera.command.parameter.Keys;
import dev.tessera.command.parameter.Parameter;
import dev.tessera.json.Slice;
import dev.tessera.session.KeySpace;
import dev.tessera.session.Partition;
import dev.tessera.session.Partitions;
import java.util.List;

/**
 * A command that does the same to each of the keys that it names. It states what that is, and what of its answer stands around
 * the keys; whether the keys lie in one key space or are spread over many, it need not know.
 *
 * @param <K> what the request holds of each key
 */
public abstract class KeyedCommand<K extends Keys> extends KeySpaceCommand {

  private final Parameter<K> parameter;

  /**
   * Declares a command.
   *
   * @param keys its one parameter, which is required
   */
  protected KeyedCommand(String name, String summary, Parameter<K> keys) {
    super(name, summary, keys);
    this.parameter = keys;
  }

  /** Does what the command does to one key, and answers it or is silent about it. */
  protected abstract void apply(KeySpace keys, Request request, K named, int index, KeyAnswers answers);

  /**
   * Does what comes before the keys to a whole key space. It is called where the command {@link #concernsAll}.
   *
   * @return what is summed up over the partitions and given to {@link #writeHead}
   */
  protected long prepare(KeySpace keys) {
    return 0;
  }

  /** Writes what stands before the keys. */
  protected void writeHead(Answer answer, long count) {
    answer.openObject(Answer.KEYS);
  }

  /** Writes what stands behind the keys. */
  protected void writeTail(Answer answer) {
    answer.closeObject();
  }

  /** Says whether there is no answer at all where no key is answered. */
  protected boolean isQuiet() {
    return false;
  }

  @Override
  protected boolean concernsAll(Request request) {
    return false;
  }

  @Override
  protected final Keys keys(Request request) {
    return request.get(parameter);
  }

  @Override
  protected final void apply(KeySpace keys, Request request, Answer answer) {
    K named = request.get(parameter);
    open(request, prepare(keys), answer);
    for (int i = 0; i < named.size(); i++) {
      apply(keys, request, named, i, answer);
    }
    close(answer);
  }

  @Override
  protected final void applyPart(Partitions partitions, Request request, Answer answer) {
    long[] count = new long[1];
    if (concernsAll(request)) {
      partitions.forEach(partition -> count[0] += prepare(partition.commonKeys()));
    }
    answer.beginPart().part().longBytes(count[0]);
    K named = request.get(parameter);
    KeyAnswers answers = (keys, index) -> answer.part();
    for (int i = 0; i < named.size(); i++) {
      Partition partition = partitions.at(request.partitions()[i]);
      if (partition != null) {
        answer.openFragment(i);
        apply(partition.commonKeys(), request, named, i, answers);
        answer.closeFragment();
      }
    }
  }

  @Override
  protected final void gather(Request request, List<Slice> parts, Answer answer) {
    K named = request.get(parameter);
    Fragments fragments = Fragments.of(parts, named.size());
    open(request, Fragments.count(parts), answer);
    for (int i = 0; i < named.size(); i++) {
      Slice fragment = fragments.get(i);
      if (fragment != null && fragment.length() > 0) {
        answer.key(named, i).raw(fragment.array(), fragment.from(), fragment.to());
      }
    }
    close(answer);
  }

  @Override
  protected final void writeNotApplied(Request request, List<Slice> parts, Answer answer) {
    K named = request.get(parameter);
    Fragments fragments = Fragments.of(parts, named.size());
    SpreadCommand.openNotApplied(answer);
    for (int i = 0; i < named.size(); i++) {
      if (fragments.get(i) == null) {
        answer.element().quoted(named.text(), named.from(i), named.to(i));
      }
    }
    answer.closeArray();
  }

  private void open(Request request, long count, Answer answer) {
    writeHead(answer.begin(this).tkn(request), count);
  }

  private void close(Answer answer) {
    if (isQuiet() && answer.isEmpty()) {
      answer.discard();
    } else {
      writeTail(answer);
      answer.end();
    }
  }
}
