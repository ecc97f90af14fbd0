package dev.tessera.command.kv;

import dev.tessera.command.Answer;
import dev.tessera.command.Request;
import dev.tessera.command.SearchLimits;
import dev.tessera.command.SessionCommand;
import dev.tessera.command.parameter.ChoiceParameter;
import dev.tessera.command.parameter.Keys;
import dev.tessera.command.parameter.KeysParameter;
import dev.tessera.command.parameter.PathParameter;
import dev.tessera.jsonpath.JsonPath;
import dev.tessera.jsonpath.JsonPathCache;
import dev.tessera.jsonpath.budget.BudgetExceededException;
import dev.tessera.jsonpath.budget.EvaluationBudget;
import dev.tessera.protocol.Fault;
import dev.tessera.protocol.Status;
import dev.tessera.session.KeyRecord;
import dev.tessera.session.KeySpace;

/**
 * {@code KV_FIND}: searches values by a JSONPath.
 *
 * <p>The owner only takes references to the records, which never change; they are evaluated on another thread. So a
 * search sees the session as it was when its turn came, and holds up nobody.
 */
public final class KvFind extends SessionCommand {

  /** What is answered. */
  private enum Form {
    /** The names of the keys whose values match. */
    KEYS,
    /** The normalized paths of all matches. */
    PATHS,
    /** The keys whose values match, with their values. */
    KV
  }

  private static final ChoiceParameter<Form> FORM = new ChoiceParameter<>("rsp", Form.class);
  private static final KeysParameter KEYS = KeysParameter.optional("keys");
  private static final Answer.Field PATHS = Answer.field("paths");

  private final PathParameter path;
  private final SearchLimits limits;

  /** Declares the command. */
  public KvFind(JsonPathCache paths, SearchLimits limits) {
    this(PathParameter.notEmpty("path", paths), limits);
  }

  private KvFind(PathParameter path, SearchLimits limits) {
    super("KV_FIND", "Searches values by a JSONPath.", FORM, path, KEYS);
    this.path = path;
    this.limits = limits;
  }

  @Override
  protected void apply(KeySpace keys, Request request, Answer answer) {
    byte[][] records = records(keys, request.get(KEYS));
    answer.later(later -> {
      try {
        search(records, request, later);
      } catch (BudgetExceededException e) {
        later.restart().fault(request, fault(e));
      }
    });
  }

  private static byte[][] records(KeySpace keys, Keys names) {
    if (names == null) {
      return keys.snapshot();
    }
    byte[][] records = new byte[names.size()][];
    for (int i = 0; i < records.length; i++) {
      records[i] = keys.get(names.text(), names.from(i), names.to(i));
    }
    return records;
  }

  private void search(byte[][] records, Request request, Answer answer) {
    EvaluationBudget budget = limits.find();
    JsonPath query = request.get(path);
    answer.begin(this).tkn(request.token()).st(Status.OK);
    switch (request.get(FORM)) {
      case KEYS -> {
        answer.openArray(Answer.KEYS);
        for (byte[] one : records) {
          if (matches(query, one, budget)) {
            answer.element().quoted(one, KeyRecord.keyFrom(one), KeyRecord.keyTo(one));
          }
        }
        answer.closeArray();
      }
      case KV -> {
        answer.openObject(Answer.KEYS);
        for (byte[] one : records) {
          if (matches(query, one, budget)) {
            answer.key(one, KeyRecord.keyFrom(one), KeyRecord.keyTo(one)).raw(one, KeyRecord.valueFrom(one), one.length);
          }
        }
        answer.closeObject();
      }
      case PATHS -> {
        answer.openArray(PATHS);
        for (byte[] one : records) {
          if (one != null) {
            query.forEach(one, KeyRecord.valueFrom(one), one.length, budget, node -> answer.element().string(node.path()));
          }
        }
        answer.closeArray();
      }
    }
    answer.end();
  }

  private static boolean matches(JsonPath query, byte[] keyRecord, EvaluationBudget budget) {
    return keyRecord != null && query.matches(keyRecord, KeyRecord.valueFrom(keyRecord), keyRecord.length, budget);
  }

  static Fault fault(BudgetExceededException e) {
    return new Fault(e.limit() == BudgetExceededException.Limit.TIME ? Status.TIME_EXCEEDED : Status.LIMIT_EXCEEDED,
        e.getMessage());
  }
}
