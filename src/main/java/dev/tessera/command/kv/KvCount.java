package dev.tessera.command.kv;

import dev.tessera.command.Answer;
import dev.tessera.command.Request;
import dev.tessera.command.SessionCommand;
import dev.tessera.protocol.Status;
import dev.tessera.session.KeySpace;

/** {@code KV_COUNT}: counts the keys. */
public final class KvCount extends SessionCommand {

  /** Declares the command. */
  public KvCount() {
    super("KV_COUNT", "Counts the keys.");
  }

  @Override
  protected void apply(KeySpace keys, Request request, Answer answer) {
    answer.begin(this).tkn(request.token()).st(Status.OK).number(Answer.COUNT, keys.size()).end();
  }
}
