package dev.tessera.command.kv;

import dev.tessera.command.Answer;
import dev.tessera.command.Request;
import dev.tessera.command.SessionCommand;
import dev.tessera.command.parameter.Entries;
import dev.tessera.command.parameter.EntriesParameter;
import dev.tessera.protocol.Status;
import dev.tessera.session.KeySpace;

/** {@code KV_ADDQ}: {@code KV_ADD} that names only the keys that were there already. */
public final class KvAddQ extends SessionCommand {

  private static final EntriesParameter KEYS = EntriesParameter.notEmpty("keys");

  /** Declares the command. */
  public KvAddQ() {
    super("KV_ADDQ", "Stores keys as KV_ADD does, and answers only with those that existed.", KEYS);
  }

  @Override
  protected void apply(KeySpace keys, Request request, Answer answer) {
    Entries entries = request.get(KEYS);
    byte[] text = entries.text();
    boolean begun = false;
    for (int i = 0; i < entries.size(); i++) {
      int from = entries.from(i);
      int to = entries.to(i);
      if (!keys.add(text, from, to, text, entries.valueFrom(i), entries.valueTo(i))) {
        if (!begun) {
          answer.begin(this).tkn(request.token()).openObject(Answer.KEYS);
          begun = true;
        }
        answer.keyStatus(text, from, to, Status.KEY_EXISTS);
      }
    }
    if (begun) {
      answer.closeObject().end();
    }
  }
}
