package dev.tessera.command.kv;

import dev.tessera.command.Answer;
import dev.tessera.command.Request;
import dev.tessera.command.SessionCommand;
import dev.tessera.command.parameter.Keys;
import dev.tessera.command.parameter.KeysParameter;
import dev.tessera.json.JsonWriter;
import dev.tessera.session.KeyRecord;
import dev.tessera.session.KeySpace;

/** {@code KV_GET}: gives the values of keys, byte for byte as they were sent. */
public final class KvGet extends SessionCommand {

  private static final KeysParameter KEYS = KeysParameter.any("keys");
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  /** Declares the command. */
  public KvGet() {
    super("KV_GET", "Gives the values of keys; null for a key that does not exist.", KEYS);
  }

  @Override
  protected void apply(KeySpace keys, Request request, Answer answer) {
    Keys names = request.get(KEYS);
    byte[] text = names.text();
    answer.begin(this).tkn(request.token()).openObject(Answer.KEYS);
    for (int i = 0; i < names.size(); i++) {
      JsonWriter out = answer.key(text, names.from(i), names.to(i));
      byte[] found = keys.get(text, names.from(i), names.to(i));
      if (found == null) {
        out.raw(NULL);
      } else {
        out.raw(found, KeyRecord.valueFrom(found), found.length);
      }
    }
    answer.closeObject().end();
  }
}
