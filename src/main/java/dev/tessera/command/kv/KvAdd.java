package dev.tessera.command.kv;

import dev.tessera.command.Answer;
import dev.tessera.command.Request;
import dev.tessera.command.SessionCommand;
import dev.tessera.command.parameter.Entries;
import dev.tessera.command.parameter.EntriesParameter;
import dev.tessera.protocol.Status;
import dev.tessera.session.KeySpace;

/** {@code KV_ADD}: stores the keys that are not there. */
public final class KvAdd extends SessionCommand {

  private static final EntriesParameter KEYS = EntriesParameter.any("keys");

  /** Declares the command. */
  public KvAdd() {
    super("KV_ADD", "Stores keys; a key that exists is left as it is.", KEYS);
  }

  @Override
  protected void apply(KeySpace keys, Request request, Answer answer) {
    Entries entries = request.get(KEYS);
    byte[] text = entries.text();
    answer.begin(this).tkn(request.token()).openObject(Answer.KEYS);
    for (int i = 0; i < entries.size(); i++) {
      int from = entries.from(i);
      int to = entries.to(i);
      boolean added = keys.add(text, from, to, text, entries.valueFrom(i), entries.valueTo(i));
      answer.keyStatus(text, from, to, added ? Status.KEY_SET : Status.KEY_EXISTS);
    }
    answer.closeObject().end();
  }
}
