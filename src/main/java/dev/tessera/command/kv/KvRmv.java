package dev.tessera.command.kv;

import dev.tessera.command.Answer;
import dev.tessera.command.Request;
import dev.tessera.command.SessionCommand;
import dev.tessera.command.parameter.Keys;
import dev.tessera.command.parameter.KeysParameter;
import dev.tessera.protocol.Status;
import dev.tessera.session.KeySpace;
import java.util.Arrays;

/**
 * {@code KV_RMV}: removes keys. Their statuses stand beside {@code tkn}, so a key of that name is removed without one.
 */
public final class KvRmv extends SessionCommand {

  private static final KeysParameter KEYS = KeysParameter.notEmpty("keys");
  private static final byte[] TKN = {'t', 'k', 'n'};

  /** Declares the command. */
  public KvRmv() {
    super("KV_RMV", "Removes keys.", KEYS);
  }

  @Override
  protected void apply(KeySpace keys, Request request, Answer answer) {
    Keys names = request.get(KEYS);
    byte[] text = names.text();
    answer.begin(this).tkn(request.token());
    for (int i = 0; i < names.size(); i++) {
      int from = names.from(i);
      int to = names.to(i);
      boolean removed = keys.remove(text, from, to);
      if (!Arrays.equals(text, from, to, TKN, 0, TKN.length)) {
        answer.keyStatus(text, from, to, removed ? Status.KEY_REMOVED : Status.KEY_NOT_EXIST);
      }
    }
    answer.end();
  }
}
