package dev.tessera.soak;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A source of commands on the keys of one session; it applies each to the model to know its answer. */
final class KeyCommands {

    private static final int SET = 20;
    private static final int UPDATED = 21;
    private static final int NOT_EXIST = 22;
    private static final int EXISTS = 23;
    private static final int REMOVED = 24;
    private static final int WRONG_TYPE = 27;
    private static final int OVER_LIMIT = 202;
    private static final int DIGITS_MAX = 1_000;
    private static final int LONG_SECONDS = 1_000_000;

    private enum Kind {
        SET,
        SETQ,
        ADD,
        ADDQ,
        GET,
        CONTAINS,
        RMV,
        FIND,
        UPDATE,
        MERGE,
        PATCH,
        INCR,
        APPEND,
        EXPIRE,
        BATCH,
        COUNT,
        KEYS,
        CLEAR,
        CLEAR_SET;

        /**
         * Returns whether the command names its keys. Without sessions, other commands would see the keys of all
         * workers.
         */
        boolean isOnNamedKeys() {
            return compareTo(BATCH) < 0;
        }
    }

    /** The commands that a batch contains here. */
    private static final List<Kind> BATCHED = List.of(Kind.SET, Kind.SETQ, Kind.ADD, Kind.GET, Kind.INCR);

    private final Draw draw;

    KeyCommands(Draw draw) {
        this.draw = draw;
    }

    /** Returns a command on a session, which may be gone. */
    Step next(ModelSession session, long nowMs) {
        Kind kind = draw.of(Kind.values());
        if (kind.isOnNamedKeys() || (!session.isGlobal() && (kind.compareTo(Kind.CLEAR) < 0 || draw.one(6)))) {
            Step step = step(kind, session, nowMs);
            return session.isThere(nowMs)
                    ? step
                    : new Step(
                            step.name(),
                            session,
                            step.keys(),
                            step.values(),
                            step.command(),
                            Reply.fault(step.name(), 100, session),
                            unknown -> {});
        }
        return next(session, nowMs);
    }

    private Step step(Kind kind, ModelSession session, long nowMs) {
        // The keys of a session that is gone do not matter.
        session.isThere(nowMs);
        session.touch(nowMs);
        return switch (kind) {
            case SET, SETQ, ADD, ADDQ, CLEAR_SET -> store(kind, session);
            case GET, CONTAINS, RMV -> named(kind, session);
            case FIND -> find(session);
            case UPDATE -> update(session);
            case MERGE -> merge(session);
            case PATCH -> patch(session);
            case INCR -> increment(session);
            case APPEND -> append(session);
            case EXPIRE -> expire(session);
            case BATCH -> batch(session, nowMs);
            case COUNT ->
                bare(
                        "KV_COUNT",
                        session,
                        Reply.of("KV_COUNT", session)
                                .add("st", 1)
                                .add("cnt", session.keys().size()));
            case KEYS ->
                bare(
                        "KV_KEYS",
                        session,
                        Reply.of("KV_KEYS", session)
                                .add("st", 1)
                                .add("keys", Text.strings(session.keys().keySet())));
            case CLEAR -> {
                Reply reply = Reply.of("KV_CLEAR", session)
                        .add("st", 1)
                        .add("cnt", session.keys().size());
                session.keys().clear();
                yield bare("KV_CLEAR", session, reply);
            }
        };
    }

    /** Draws a batch. A command that fails undoes those before it. */
    private Step batch(ModelSession session, long nowMs) {
        Map<String, Value> before = new LinkedHashMap<>(session.keys());
        List<String> commands = new ArrayList<>();
        List<String> replies = new ArrayList<>();
        String failure = null;
        for (int left = 1 + draw.below(4); left > 0; left--) {
            Step one = step(draw.of(BATCHED), session, nowMs);
            commands.add(withoutToken(one.command(), session));
            if (failure == null && one.expected().contains(Reply.ANY)) {
                failure = one.expected()
                        .replace(one.name(), "KV_BATCH")
                        .replace("}}", ",\"at\":" + replies.size() + "}}");
            }
            replies.add(one.expected().isEmpty() ? "null" : withoutToken(one.expected(), session));
        }
        if (failure != null) {
            session.keys().clear();
            session.keys().putAll(before);
        }
        String answers = Reply.of("KV_BATCH", session)
                .add("st", 1)
                .add("rsps", "[" + String.join(",", replies) + "]")
                .text();
        return Step.of(
                "KV_BATCH",
                session,
                command("KV_BATCH", session, "\"cmds\":[" + String.join(",", commands) + "]"),
                failure == null ? answers : failure);
    }

    private static String withoutToken(String text, ModelSession session) {
        return text.replaceFirst("\"tkn\":" + session.token() + ",", "");
    }

    private static Step bare(String name, ModelSession session, Reply reply) {
        return Step.of(name, session, command(name, session, ""), reply.text());
    }

    private Step store(Kind kind, ModelSession session) {
        String name = "KV_" + kind;
        Map<String, Value> entries = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        for (String key : draw.keys(1, 4)) {
            if (draw.one(20)) {
                member(text, key, draw.value().text());
            }
            entries.put(key, draw.value());
            member(text, key, entries.get(key).text());
        }
        int before = session.keys().size();
        if (kind == Kind.CLEAR_SET) {
            session.keys().clear();
        }
        Map<String, Integer> statuses = new LinkedHashMap<>();
        boolean replaces = kind == Kind.SET || kind == Kind.SETQ;
        entries.forEach((key, value) -> {
            boolean isNew = !session.keys().containsKey(key);
            if (isNew || replaces) {
                session.keys().put(key, value);
            }
            statuses.put(key, isNew ? SET : replaces ? UPDATED : EXISTS);
        });
        Reply reply = Reply.of(name, session);
        if (kind == Kind.CLEAR_SET) {
            reply.add("st", 1).add("cnt", before);
        } else if (kind == Kind.ADDQ) {
            statuses.values().removeIf(status -> status == SET);
        }
        boolean silent = kind == Kind.SETQ || (kind == Kind.ADDQ && statuses.isEmpty());
        return Step.of(
                        name,
                        session,
                        command(name, session, "\"keys\":{" + text + "}" + ttl()),
                        silent ? "" : reply.add("keys", Text.object(statuses)).text())
                .storing(
                        List.copyOf(entries.keySet()),
                        entries.values().stream().map(Value::text).toList());
    }

    private void member(StringBuilder text, String key, String value) {
        text.append(text.length() == 0 ? "" : ",")
                .append(draw.spelled(key))
                .append(draw.space())
                .append(':')
                .append(draw.space())
                .append(value)
                .append(draw.space());
    }

    private Step named(Kind kind, ModelSession session) {
        String name = "KV_" + kind;
        List<String> keys = draw.keys(1, kind == Kind.RMV ? 2 : 5);
        Map<String, Value> map = session.keys();
        Reply reply = Reply.of(name, session);
        switch (kind) {
            case GET ->
                reply.add(
                        "keys",
                        Text.object(
                                keys, key -> map.containsKey(key) ? map.get(key).text() : "null"));
            case CONTAINS -> reply.add("st", 1).add("keys", Text.object(keys, map::containsKey));
            default -> {
                for (String key : keys) {
                    int status = map.remove(key) == null ? NOT_EXIST : REMOVED;
                    if (session.isGlobal() || !key.equals("tkn")) {
                        String quoted = Text.string(key);
                        reply.add(quoted.substring(1, quoted.length() - 1), status);
                    }
                }
            }
        }
        return Step.of(name, session, command(name, session, "\"keys\":" + array(keys)), reply.text())
                .naming(keys);
    }

    private Step expire(ModelSession session) {
        List<String> keys = draw.keys(1, 4);
        int seconds = draw.one(3) ? 0 : LONG_SECONDS;
        Reply reply = Reply.of("KV_EXPIRE", session)
                .add("st", 1)
                .add("keys", Text.object(keys, key -> session.keys().containsKey(key) ? seconds : "null"));
        return Step.of(
                "KV_EXPIRE",
                session,
                command("KV_EXPIRE", session, "\"keys\":" + array(keys) + ",\"ttl\":" + seconds),
                reply.text());
    }

    /** Returns nothing, or a time to live that is longer than the run. */
    private String ttl() {
        return draw.one(2) ? "" : ",\"ttl\":" + LONG_SECONDS;
    }

    private Step find(ModelSession session) {
        Place place = draw.of(Place.values());
        boolean all = !session.isGlobal() && draw.one(2);
        List<String> named = all ? List.of() : draw.keys(1, 5);
        Collection<String> searched = all
                ? session.keys().keySet()
                : named.stream().filter(session.keys()::containsKey).toList();
        List<String> found = searched.stream()
                .filter(key -> !session.keys().get(key).paths(place).isEmpty())
                .toList();
        Reply reply = Reply.of("KV_FIND", session).add("st", 1);
        String form = draw.of(List.of("keys", "paths", "kv"));
        switch (form) {
            case "keys" -> reply.add("keys", Text.strings(found));
            case "paths" ->
                reply.add(
                        "paths",
                        Text.strings(found.stream()
                                .flatMap(key -> session.keys().get(key).paths(place).stream())
                                .toList()));
            default ->
                reply.add(
                        "keys",
                        Text.object(found, key -> session.keys().get(key).text()));
        }
        String keys = all ? draw.of(List.of("", ",\"keys\":[]")) : ",\"keys\":" + array(named);
        return Step.of(
                "KV_FIND",
                session,
                command("KV_FIND", session, "\"rsp\":\"" + form + "\",\"path\":\"" + place.path() + "\"" + keys),
                reply.text());
    }

    private Step update(ModelSession session) {
        Place place = draw.of(Place.values());
        String key = draw.key();
        Value old = session.keys().get(key);
        Value replacement = draw.value();
        int count = old == null ? 0 : old.paths(place).size();
        if (count > 0) {
            session.keys().put(key, old.with(place, replacement));
        }
        return Step.of(
                "KV_UPDATE",
                session,
                command(
                        "KV_UPDATE",
                        session,
                        "\"key\":" + draw.spelled(key) + ",\"path\":\"" + place.path() + "\",\"value\":" + draw.space()
                                + replacement.text()),
                Reply.of("KV_UPDATE", session)
                        .add("st", old == null ? NOT_EXIST : 1)
                        .add("key", Text.string(key))
                        .add("cnt", count)
                        .text());
    }

    /** Merges a member into a document, or replaces another value by a number. */
    private Step merge(ModelSession session) {
        String key = draw.key();
        Value old = session.keys().get(key);
        Value number = Value.plain(Integer.toString(draw.below(1_000)));
        boolean document = old != null && !old.paths(Place.NUMBER).isEmpty();
        session.keys().put(key, document ? old.with(Place.NUMBER, number) : number);
        String patch = document ? "{\"n\":" + number.text() + ",\"none\":null}" : number.text();
        return onKey("KV_MERGE", session, key, patch, Integer.toString(old == null ? SET : UPDATED));
    }

    /** Replaces a whole value. */
    private Step patch(ModelSession session) {
        String key = draw.key();
        Value old = session.keys().get(key);
        Value replacement = draw.value();
        String operations = "\"key\":" + draw.spelled(key) + ",\"ops\":[{\"op\":\"add\",\"path\":\"\",\"value\":"
                + replacement.text() + "}]";
        if (old != null) {
            session.keys().put(key, replacement);
        }
        return Step.of(
                "KV_PATCH",
                session,
                command("KV_PATCH", session, operations),
                old == null
                        ? Reply.fault("KV_PATCH", NOT_EXIST, session)
                        : Reply.of("KV_PATCH", session)
                                .add("st", 1)
                                .add("key", Text.string(key))
                                .text());
    }

    private Step increment(ModelSession session) {
        String key = draw.key();
        Value old = session.keys().get(key);
        String amount = draw.below(1_000) + "." + draw.below(100);
        BigDecimal sum = new BigDecimal(amount);
        if (old != null && !old.text().matches("-?[0-9].*")) {
            return fault("KV_INCR", WRONG_TYPE, session, key, amount);
        }
        if (old != null) {
            BigDecimal number = new BigDecimal(old.text());
            sum = sum.add(number);
            if (digits(number) > DIGITS_MAX || digits(sum) > DIGITS_MAX) {
                return fault("KV_INCR", OVER_LIMIT, session, key, amount);
            }
        }
        session.keys().put(key, Value.plain(sum.toPlainString()));
        return onKey("KV_INCR", session, key, amount, sum.toPlainString());
    }

    private static long digits(BigDecimal number) {
        return number.toPlainString().chars().filter(Character::isDigit).count();
    }

    private Step append(ModelSession session) {
        String key = draw.key();
        Value old = session.keys().get(key);
        String element = Integer.toString(draw.below(1_000));
        if (old != null && !old.text().startsWith("[")) {
            return fault("KV_APPEND", WRONG_TYPE, session, key, "[" + element + "]");
        }
        String before = old == null ? "" : old.text().substring(1, old.text().length() - 1);
        boolean empty = before.isBlank();
        session.keys().put(key, Value.plain("[" + (empty ? "" : before + ",") + element + "]"));
        return onKey("KV_APPEND", session, key, "[" + element + "]", empty ? "1" : Reply.ANY);
    }

    private Step onKey(String name, ModelSession session, String key, String argument, String answer) {
        return Step.of(
                        name,
                        session,
                        command(name, session, "\"keys\":{" + draw.spelled(key) + ":" + argument + "}"),
                        Reply.of(name, session)
                                .add("keys", "{" + Text.string(key) + ":" + answer + "}")
                                .text())
                .storing(List.of(key), List.of(argument));
    }

    private Step fault(String name, int status, ModelSession session, String key, String argument) {
        return Step.of(
                name,
                session,
                command(name, session, "\"keys\":{" + draw.spelled(key) + ":" + argument + "}"),
                Reply.fault(name, status, session));
    }

    /** Returns keys for a request, mixed with elements that the server must ignore. */
    private String array(List<String> keys) {
        return keys.stream()
                .map(key -> (draw.one(20) ? "1,null," : "")
                        + draw.spelled(key)
                        + (draw.one(20) ? "," + draw.spelled(key) : ""))
                .collect(Collectors.joining(",", "[", "]"));
    }

    static String command(String name, ModelSession session, String parameters) {
        List<String> members = new ArrayList<>();
        if (!session.isGlobal()) {
            members.add("\"tkn\":" + session.token());
        }
        if (!parameters.isEmpty()) {
            members.add(parameters);
        }
        return "{\"" + name + "\":{" + String.join(",", members) + "}}";
    }
}
