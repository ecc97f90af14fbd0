package dev.tessera.command.kv;

import dev.tessera.command.Answer;
import dev.tessera.command.Request;
import dev.tessera.command.SessionCommand;
import dev.tessera.command.parameter.Keys;
import dev.tessera.command.parameter.KeysParameter;
import dev.tessera.protocol.Status;
import dev.tessera.session.KeySpace;

/** {@code KV_CONTAINS}: says which keys are there. */
public final class KvContains extends SessionCommand {

  private static final KeysParameter KEYS = KeysParameter.any("keys");

  /** Declares the command. */
  public KvContains() {
    super("KV_CONTAINS", "Says of each key whether it exists.", KEYS);
  }

  @Override
  protected void apply(KeySpace keys, Request request, Answer answer) {
    Keys names = request.get(KEYS);
    byte[] text = names.text();
    answer.begin(this).tkn(request.token()).st(Status.OK).openObject(Answer.KEYS);
    for (int i = 0; i < names.size(); i++) {
      answer.key(text, names.from(i), names.to(i)).bool(keys.contains(text, names.from(i), names.to(i)));
    }
    answer.closeObject().end();
  }
}
