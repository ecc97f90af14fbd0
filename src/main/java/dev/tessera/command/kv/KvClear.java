package dev.tessera.command.kv;

import dev.tessera.command.Answer;
import dev.tessera.command.Request;
import dev.tessera.command.SessionCommand;
import dev.tessera.protocol.Status;
import dev.tessera.session.KeySpace;

/** {@code KV_CLEAR}: removes all keys. */
public final class KvClear extends SessionCommand {

  /** Declares the command. */
  public KvClear() {
    super("KV_CLEAR", "Removes all keys.");
  }

  @Override
  protected void apply(KeySpace keys, Request request, Answer answer) {
    answer.begin(this).tkn(request.token()).st(Status.OK).number(Answer.COUNT, keys.clear()).end();
  }
}
