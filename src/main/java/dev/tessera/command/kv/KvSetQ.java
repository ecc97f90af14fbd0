package dev.tessera.command.kv;

import dev.tessera.command.Answer;
import dev.tessera.command.Request;
import dev.tessera.command.SessionCommand;
import dev.tessera.command.parameter.Entries;
import dev.tessera.command.parameter.EntriesParameter;
import dev.tessera.session.KeySpace;

/** {@code KV_SETQ}: {@code KV_SET} that is silent unless it fails. */
public final class KvSetQ extends SessionCommand {

  private static final EntriesParameter KEYS = EntriesParameter.notEmpty("keys");

  /** Declares the command. */
  public KvSetQ() {
    super("KV_SETQ", "Stores keys as KV_SET does, and answers only where it fails.", KEYS);
  }

  @Override
  protected void apply(KeySpace keys, Request request, Answer answer) {
    Entries entries = request.get(KEYS);
    byte[] text = entries.text();
    for (int i = 0; i < entries.size(); i++) {
      keys.put(text, entries.from(i), entries.to(i), text, entries.valueFrom(i), entries.valueTo(i));
    }
  }
}
