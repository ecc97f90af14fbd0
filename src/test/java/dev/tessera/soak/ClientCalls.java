package dev.tessera.soak;

import dev.tessera.client.ClientAudit;
import dev.tessera.client.JsonText;
import dev.tessera.client.SessionInfo;
import dev.tessera.client.SessionOptions;
import dev.tessera.client.SessionToken;
import dev.tessera.client.TesseraClient;
import dev.tessera.client.TesseraClientOptions;
import dev.tessera.client.TesseraException;
import dev.tessera.client.TesseraSession;
import dev.tessera.protocol.Status;
import dev.tessera.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Calls of a {@link TesseraClient}, all at once; it translates their results into answers of the protocol. */
final class ClientCalls implements Transport {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final TesseraClient client;

    ClientCalls(Vertx vertx) {
        client = TesseraClient.create(vertx, new TesseraClientOptions().setTimeout(TIMEOUT));
    }

    @Override
    public List<String> exchange(List<Step> steps) throws Exception {
        List<Future<String>> answers = new ArrayList<>();
        for (Step step : steps) {
            answers.add(call(step)
                    .recover(failure -> failure instanceof TesseraException refused
                            ? Future.succeededFuture(refusal(step, refused))
                            : Future.failedFuture(failure)));
        }
        Await.result(Future.all(answers));
        return answers.stream().map(Future::result).toList();
    }

    private Future<String> call(Step step) {
        boolean isFault = step.expected().contains("\"m\":\"" + Reply.ANY)
                && !step.expected().contains("\"st\":100,");
        if (isFault || (step.session() != null && step.session().isGlobal())) {
            return client.execute(step.command());
        }
        return switch (step.name()) {
            case "SH_EXISTS" ->
                client.exist(step.keys().stream().map(SessionToken::parse).toList())
                        .map(found -> exist(step.keys(), found));
            case "SH_OPEN" -> client.openSession(step.session().name()).map(session -> opened(step, session));
            case "SH_NEW" -> create(step);
            default ->
                step.session() == null
                        ? client.execute(step.command())
                        : call(
                                step,
                                client.session(SessionToken.parse(step.session().token())));
        };
    }

    private Future<String> call(Step step, TesseraSession session) {
        Reply reply = Reply.of(step.name(), step.session());
        return switch (step.name()) {
            case "KV_SET" ->
                session.set(entries(step))
                        .map(statuses -> reply.add("keys", codes(statuses)).text());
            case "KV_ADD" ->
                session.add(entries(step))
                        .map(statuses -> reply.add("keys", codes(statuses)).text());
            case "KV_GET" ->
                session.get(step.keys())
                        .map(values -> reply.add(
                                        "keys",
                                        Text.object(
                                                step.keys(), key -> values.containsKey(key) ? values.get(key) : "null"))
                                .text());
            case "KV_CLEAR" ->
                session.clear()
                        .map(count -> reply.add("st", 1).add("cnt", count).text());
            case "KV_CLEAR_SET" ->
                session.clearSet(entries(step))
                        .map(count -> reply.add("st", 1)
                                .add("cnt", count)
                                .add("keys", Text.object(step.keys(), key -> 20))
                                .text());
            case "KV_COUNT" ->
                session.count()
                        .map(count -> reply.add("st", 1).add("cnt", count).text());
            case "KV_KEYS" ->
                session.keys()
                        .map(keys -> reply.add("st", 1)
                                .add("keys", Text.strings(keys))
                                .text());
            case "SH_INFO" -> session.info().map(info -> describe(step, info));
            case "SH_END" ->
                session.end()
                        .map(ended -> Reply.of("SH_END")
                                .add("st", 1)
                                .add("tkn", session.token())
                                .text());
            case "KV_RMV" ->
                step.keys().size() == 1 && !step.keys().contains("tkn")
                        ? session.remove(step.keys().get(0)).map(was -> {
                            String quoted = Text.string(step.keys().get(0));
                            return reply.add(quoted.substring(1, quoted.length() - 1), was ? 24 : 22)
                                    .text();
                        })
                        : client.execute(step.command());
            case "KV_MERGE", "KV_INCR", "KV_APPEND" ->
                step.values().size() == 1
                        ? edited(step, session)
                                .map(result -> reply.add("keys", Text.object(step.keys(), key -> result))
                                        .text())
                        : client.execute(step.command());
            case "KV_CONTAINS" ->
                step.keys().size() == 1
                        ? session.contains(step.keys().get(0))
                                .map(is -> reply.add("st", 1)
                                        .add("keys", Text.object(step.keys(), key -> is))
                                        .text())
                        : client.execute(step.command());
            default -> client.execute(step.command());
        };
    }

    private Future<String> create(Step step) {
        ModelSession session = step.session();
        return session.durationSeconds() < 0
                ? client.execute(step.command())
                : client.newSession(
                                session.name(),
                                new SessionOptions()
                                        .setShared(session.shared())
                                        .setDuration(Duration.ofSeconds(session.durationSeconds()))
                                        .setDeleteSession(session.deleteSession()))
                        .map(made -> opened(step, made));
    }

    private static String opened(Step step, TesseraSession session) {
        return Reply.of(step.name())
                .add("st", 1)
                .add("name", Text.string(step.session().name()))
                .add("tkn", session.token())
                .text();
    }

    private static String exist(List<String> asked, Set<SessionToken> found) {
        List<String> there = found.stream().map(SessionToken::toString).toList();
        return Reply.of("SH_EXISTS")
                .add("st", 1)
                .add("exist", "[" + String.join(",", there) + "]")
                .add(
                        "notExist",
                        asked.stream()
                                .filter(token -> !there.contains(token))
                                .collect(Collectors.joining(",", "[", "]")))
                .text();
    }

    private static String describe(Step step, SessionInfo info) {
        Reply reply = Reply.of("SH_INFO")
                .add("st", 1)
                .add("tkn", step.session().token())
                .add("shared", info.shared())
                .add("keyCnt", info.keyCount())
                .add("expires", info.expires());
        return (info.expires()
                        ? reply.add("expiry", """
                                        {"duration":%s,"remaining":%s,"deleteSession":%s}""".formatted(
                                        Long.toUnsignedString(info.durationSeconds()),
                                        Long.toUnsignedString(info.remainingSeconds()),
                                        info.deleteSession()))
                        : reply)
                .text();
    }

    private static String refusal(Step step, TesseraException refused) {
        boolean onSession = !step.name().equals("SH_NEW") && !step.name().equals("SH_OPEN");
        return Reply.of(step.name())
                .add("st", refused.status().code())
                .add("tkn", onSession ? step.session().token() : null)
                .add("m", Text.string(refused.getMessage()))
                .text();
    }

    private static Map<String, JsonText> entries(Step step) {
        Map<String, JsonText> entries = new LinkedHashMap<>();
        for (int i = 0; i < step.keys().size(); i++) {
            entries.put(step.keys().get(i), JsonText.of(step.values().get(i)));
        }
        return entries;
    }

    /** Changes the value of the one key of a step in place. */
    private static Future<?> edited(Step step, TesseraSession session) {
        String key = step.keys().get(0);
        String value = step.values().get(0);
        return switch (step.name()) {
            case "KV_MERGE" ->
                session.merge(key, JsonText.of(value))
                        .map(isNew -> (isNew ? Status.KEY_SET : Status.KEY_UPDATED).code());
            case "KV_INCR" -> session.increment(key, new BigDecimal(value)).map(BigDecimal::toPlainString);
            // The array has one element.
            default -> session.append(key, List.of(JsonText.of(value.substring(1, value.length() - 1))));
        };
    }

    private static String codes(Map<String, Status> statuses) {
        return Text.object(statuses.keySet(), key -> statuses.get(key).code());
    }

    /** Fails if a call is not answered. */
    void checkAtRest() throws Exception {
        Await.result(ClientAudit.checkAtRest(client));
    }

    @Override
    public void close() throws Exception {
        checkAtRest();
        Await.result(client.close());
    }
}
