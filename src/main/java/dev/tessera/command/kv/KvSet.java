package dev.tessera.command.kv;

import dev.tessera.command.KeyAnswers;
import dev.tessera.command.KeyedCommand;
import dev.tessera.command.Request;
import dev.tessera.command.parameter.Entries;
import dev.tessera.command.parameter.EntriesParameter;
import dev.tessera.protocol.Status;
import dev.tessera.session.KeySpace;

/** {@code KV_SET}: stores keys, each new or in place of the one that is there. */
public final class KvSet extends KeyedCommand<Entries> {

  /** Declares the command. */
  public KvSet() {
    super("KV_SET", "Stores keys; a key that exists is replaced.", EntriesParameter.notEmpty("keys"), Shape.KEYS);
  }

  @Override
  protected boolean changesKeys() {
    return true;
  }

  @Override
  protected void apply(KeySpace keys, Request request, Entries named, int index, KeyAnswers answers) {
    byte[] text = named.text();
    boolean replaced = keys.put(text, named.from(index), named.to(index), text, named.valueFrom(index), named.valueTo(index));
    answers.status(named, index, replaced ? Status.KEY_UPDATED : Status.KEY_SET);
  }
}
