package dev.tessera.command.kv;

import dev.tessera.command.KeyAnswers;
import dev.tessera.command.KeyedCommand;
import dev.tessera.command.Request;
import dev.tessera.command.parameter.Entries;
import dev.tessera.command.parameter.EntriesParameter;
import dev.tessera.protocol.Status;
import dev.tessera.session.KeySpace;

/** {@code KV_CLEAR_SET}: puts keys in the place of all that were there. */
public final class KvClearSet extends KeyedCommand<Entries> {

  /** Declares the command. */
  public KvClearSet() {
    super("KV_CLEAR_SET", "Removes all keys, then stores keys, as one step.", EntriesParameter.any("keys"), Shape.ST_COUNT_KEYS);
  }

  @Override
  protected boolean changesKeys() {
    return true;
  }

  @Override
  protected long prepare(KeySpace keys) {
    return keys.clear();
  }

  @Override
  protected void apply(KeySpace keys, Request request, Entries named, int index, KeyAnswers answers) {
    byte[] text = named.text();
    keys.put(text, named.from(index), named.to(index), text, named.valueFrom(index), named.valueTo(index));
    answers.status(named, index, Status.KEY_SET);
  }
}
