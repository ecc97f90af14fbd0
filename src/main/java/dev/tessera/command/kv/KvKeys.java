package dev.tessera.command.kv;

import dev.tessera.command.Answer;
import dev.tessera.command.Request;
import dev.tessera.command.SessionCommand;
import dev.tessera.protocol.Status;
import dev.tessera.session.KeyRecord;
import dev.tessera.session.KeySpace;

/** {@code KV_KEYS}: names all keys, in the order of their insertion. */
public final class KvKeys extends SessionCommand {

  /** Declares the command. */
  public KvKeys() {
    super("KV_KEYS", "Names all keys, in the order of their insertion.");
  }

  @Override
  protected void apply(KeySpace keys, Request request, Answer answer) {
    answer.begin(this).tkn(request.token()).st(Status.OK).openArray(Answer.KEYS);
    keys.forEach(found -> answer.element().quoted(found, KeyRecord.keyFrom(found), KeyRecord.keyTo(found)));
    answer.closeArray().end();
  }
}
