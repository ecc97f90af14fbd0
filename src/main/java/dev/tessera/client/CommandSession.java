package dev.tessera.client;

import dev.tessera.json.Slice;
import dev.tessera.protocol.Status;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A session of a {@link CommandClient}. */
final class CommandSession implements TesseraSession {

  /** The one key about whose removal the protocol says nothing. */
  private static final String UNTOLD_KEY = "tkn";

  private final CallQueue calls;
  private final SessionToken token;

  CommandSession(CallQueue calls, SessionToken token) {
    this.calls = calls;
    this.token = token;
  }

  @Override
  public SessionToken token() {
    return token;
  }

  @Override
  public Future<Boolean> set(String key, Object value) {
    return set(Collections.singletonMap(key, value)).map(statuses -> statuses.get(key) == Status.KEY_SET);
  }

  @Override
  public Future<Map<String, Status>> set(Map<String, ?> entries) {
    return submit(command("KV_SET").entries(entries), answer -> answer.statuses(answer.body().get("keys")));
  }

  @Override
  public Future<Boolean> add(String key, Object value) {
    return add(Collections.singletonMap(key, value)).map(statuses -> statuses.get(key) == Status.KEY_SET);
  }

  @Override
  public Future<Map<String, Status>> add(Map<String, ?> entries) {
    return submit(command("KV_ADD").entries(entries), answer -> answer.statuses(answer.body().get("keys")));
  }

  @Override
  public Future<JsonText> get(String key) {
    return get(List.of(key)).map(values -> values.get(key));
  }

  @Override
  public Future<Map<String, JsonText>> get(Collection<String> keys) {
    return submit(command("KV_GET").keys(keys), answer -> {
      Map<String, JsonText> values = answer.values(answer.body().get("keys"));
      values.values().removeIf(JsonText::isNull);
      return values;
    });
  }

  @Override
  public Future<Boolean> contains(String key) {
    return submit(command("KV_CONTAINS").keys(List.of(key)),
        answer -> AnswerReader.flag(answer.object(answer.body().get("keys")).get(key)));
  }

  @Override
  public Future<Boolean> remove(String key) {
    if (key.equals(UNTOLD_KEY)) {
      // Both commands lie side by side in one batch for one store, so that nothing comes between them.
      Future<Boolean> wasThere = contains(key);
      return submit(command("KV_RMV").keys(List.of(key)), AnswerReader::body).compose(removed -> wasThere);
    }
    return submit(command("KV_RMV").keys(List.of(key)),
        answer -> AnswerReader.number(answer.body().get(key)) == Status.KEY_REMOVED.code());
  }

  @Override
  public Future<Integer> clear() {
    return submit(command("KV_CLEAR"), CommandSession::count);
  }

  @Override
  public Future<Integer> clearSet(Map<String, ?> entries) {
    return submit(command("KV_CLEAR_SET").entries(entries), CommandSession::count);
  }

  @Override
  public Future<Integer> count() {
    return submit(command("KV_COUNT"), CommandSession::count);
  }

  @Override
  public Future<List<String>> keys() {
    return submit(command("KV_KEYS"), answer -> answer.strings(answer.body().get("keys")));
  }

  @Override
  public Future<SessionInfo> info() {
    return submit(command("SH_INFO"), CommandSession::info);
  }

  @Override
  public Future<Void> end() {
    return submit(command("SH_END"), AnswerReader::body).mapEmpty();
  }

  private CommandText command(String name) {
    return CommandText.of(name, token);
  }

  private <T> Future<T> submit(CommandText command, Function<AnswerReader, T> result) {
    return calls.submit(command.end(), result);
  }

  private static int count(AnswerReader answer) {
    return (int) AnswerReader.number(answer.body().get("cnt"));
  }

  private static SessionInfo info(AnswerReader answer) {
    Map<String, Slice> body = answer.body();
    boolean shared = AnswerReader.flag(body.get("shared"));
    int keyCount = (int) AnswerReader.number(body.get("keyCnt"));
    if (!AnswerReader.flag(body.get("expires"))) {
      return new SessionInfo(shared, keyCount, 0, 0, false);
    }
    Map<String, Slice> expiry = answer.object(body.get("expiry"));
    return new SessionInfo(shared, keyCount, AnswerReader.number(expiry.get("duration")),
        AnswerReader.number(expiry.get("remaining")), AnswerReader.flag(expiry.get("deleteSession")));
  }

  @Override
  public String toString() {
    return "session " + token;
  }
}
