package dev.tessera.crash;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A source of random commands on keys, which also applies them to a map from keys to JSON. It draws any of the commands
 * that write.
 */
final class KeyDraws {

    /** A command, its parameters without the token, and its reply without the token; null if there is no reply. */
    record Draw(String command, String parameters, String reply) {}

    private static final int KEYS = 12;
    private static final long LONG_SECONDS = 1_000_000;

    private final Random random;
    private final String prefix;
    /** Whether to draw commands on all keys. */
    private final boolean whole;

    KeyDraws(Random random, String prefix, boolean whole) {
        this.random = random;
        this.prefix = prefix;
        this.whole = whole;
    }

    /** Returns all keys that it can draw. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            keys.add(prefix + i);
        }
        return keys;
    }

    /** Draws a command and applies it to the map. */
    Draw draw(Map<String, String> map) {
        int drawn = random.nextInt(whole ? 28 : 21);
        return drawn >= 24 ? batch(map) : drawOne(drawn, map);
    }

    private Draw drawOne(int drawn, Map<String, String> map) {
        return switch (drawn) {
            case 0, 1, 2, 3 -> set("KV_SET", map);
            case 4, 5 -> set("KV_SETQ", map);
            case 6, 7 -> add("KV_ADD", map);
            case 8, 9 -> add("KV_ADDQ", map);
            case 10, 11, 12 -> remove(map);
            case 13, 14, 15 -> update(map);
            case 16 -> get(map);
            case 17 -> merge(map);
            case 18 -> increment(map);
            case 19, 20 -> expire(map);
            case 21 -> clear(map);
            default -> clearSet(map);
        };
    }

    /** Draws a batch of commands, and applies them to the map. */
    private Draw batch(Map<String, String> map) {
        List<String> commands = new ArrayList<>();
        List<String> replies = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            Draw one = drawOne(random.nextInt(24), map);
            commands.add("{\"" + one.command() + "\":{" + one.parameters() + "}}");
            replies.add(one.reply() == null ? "null" : "{\"" + one.command() + "_RSP\":{" + one.reply() + "}}");
        }
        return new Draw(
                "KV_BATCH",
                "\"cmds\":[" + String.join(",", commands) + "]",
                "\"st\":1,\"rsps\":[" + String.join(",", replies) + "]");
    }

    /** Returns a {@code KV_CLEAR}, and applies it to the map. */
    static Draw clear(Map<String, String> map) {
        Draw draw = new Draw("KV_CLEAR", "", "\"st\":1,\"cnt\":" + map.size());
        map.clear();
        return draw;
    }

    /** Returns a {@code KV_CLEAR_SET}, and applies it to the map. */
    Draw clearSet(Map<String, String> map) {
        Map<String, String> entries = entries();
        int count = map.size();
        map.clear();
        map.putAll(entries);
        return new Draw(
                "KV_CLEAR_SET",
                "\"keys\":" + object(entries),
                "\"st\":1,\"cnt\":" + count + ",\"keys\":" + object(statuses(entries, key -> 20)));
    }

    private Draw set(String command, Map<String, String> map) {
        Map<String, String> entries = entries();
        String statuses = object(statuses(entries, key -> map.containsKey(key) ? 21 : 20));
        map.putAll(entries);
        return new Draw(
                command,
                "\"keys\":" + object(entries) + ttl(),
                command.equals("KV_SETQ") ? null : "\"keys\":" + statuses);
    }

    private Draw add(String command, Map<String, String> map) {
        Map<String, String> entries = entries();
        Map<String, String> statuses = statuses(entries, key -> map.containsKey(key) ? 23 : 20);
        entries.forEach(map::putIfAbsent);
        if (command.equals("KV_ADDQ")) {
            statuses.values().removeIf("20"::equals);
        }
        return new Draw(
                command, "\"keys\":" + object(entries), statuses.isEmpty() ? null : "\"keys\":" + object(statuses));
    }

    private Draw remove(Map<String, String> map) {
        List<String> keys = some();
        Map<String, String> entries = new LinkedHashMap<>();
        keys.forEach(key -> entries.put(key, map.remove(key) != null ? "24" : "22"));
        String members = object(entries);
        return new Draw("KV_RMV", "\"keys\":" + array(keys), members.substring(1, members.length() - 1));
    }

    private Draw update(Map<String, String> map) {
        String key = key();
        String old = map.get(key);
        boolean hits = old != null && old.startsWith("{\"n\":");
        String value = Integer.toString(random.nextInt());
        if (hits) {
            map.put(key, "{\"n\":" + value + old.substring(numberEnd(old)));
        }
        return new Draw(
                "KV_UPDATE",
                "\"key\":\"" + key + "\",\"path\":\"$.n\",\"value\":" + value,
                "\"st\":" + (old == null ? 22 : 1) + ",\"key\":\"" + key + "\",\"cnt\":" + (hits ? 1 : 0));
    }

    private Draw merge(Map<String, String> map) {
        String key = key();
        String old = map.get(key);
        String value = Integer.toString(random.nextInt());
        boolean hits = old != null && old.startsWith("{\"n\":");
        map.put(key, "{\"n\":" + value + (hits ? old.substring(numberEnd(old)) : "}"));
        return new Draw(
                "KV_MERGE",
                "\"keys\":{\"" + key + "\":{\"n\":" + value + "}}",
                "\"keys\":{\"" + key + "\":" + (old == null ? 20 : 21) + "}");
    }

    /** Returns a {@code KV_INCR} of a number inside an object, if a key has one. */
    private Draw increment(Map<String, String> map) {
        String key = key();
        String old = map.get(key);
        if (old == null || !old.matches("\\{\"n\":-?\\d+[,}].*")) {
            return get(map);
        }
        int amount = random.nextInt();
        int to = numberEnd(old);
        long sum = Long.parseLong(old.substring("{\"n\":".length(), to)) + amount;
        map.put(key, "{\"n\":" + sum + old.substring(to));
        return new Draw(
                "KV_INCR",
                "\"keys\":{\"" + key + "\":" + amount + "},\"path\":\"$.n\"",
                "\"keys\":{\"" + key + "\":" + sum + "}");
    }

    private static int numberEnd(String value) {
        int comma = value.indexOf(',');
        return comma < 0 ? value.indexOf('}') : comma;
    }

    /** Returns nothing, or a time to live that is longer than any test. */
    private String ttl() {
        return random.nextBoolean() ? "" : ",\"ttl\":" + LONG_SECONDS;
    }

    /** Returns a {@code KV_EXPIRE}, which changes no values. */
    private Draw expire(Map<String, String> map) {
        List<String> keys = some();
        long seconds = random.nextBoolean() ? 0 : LONG_SECONDS + random.nextInt(1000);
        Map<String, String> left = new LinkedHashMap<>();
        keys.forEach(key -> left.put(key, map.containsKey(key) ? Long.toString(seconds) : "null"));
        return new Draw(
                "KV_EXPIRE", "\"keys\":" + array(keys) + ",\"ttl\":" + seconds, "\"st\":1,\"keys\":" + object(left));
    }

    private Draw get(Map<String, String> map) {
        List<String> keys = some();
        Map<String, String> found = new LinkedHashMap<>();
        keys.forEach(key -> found.put(key, map.getOrDefault(key, "null")));
        return new Draw("KV_GET", "\"keys\":" + array(keys), "\"keys\":" + object(found));
    }

    private Map<String, String> entries() {
        Map<String, String> entries = new LinkedHashMap<>();
        some().forEach(key -> entries.put(key, value()));
        return entries;
    }

    private List<String> some() {
        List<String> keys = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String key = key();
            if (!keys.contains(key)) {
                keys.add(key);
            }
        }
        return keys;
    }

    private String key() {
        return prefix + random.nextInt(KEYS);
    }

    private String value() {
        return random.nextInt(3) == 0
                ? Integer.toString(random.nextInt())
                : """
                        {"n":%s,"x":"%s"}""".formatted(random.nextInt(), "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 4000 : 60)));
    }

    private interface StatusOf {
        int of(String key);
    }

    private static Map<String, String> statuses(Map<String, String> entries, StatusOf status) {
        Map<String, String> statuses = new LinkedHashMap<>();
        entries.keySet().forEach(key -> statuses.put(key, Integer.toString(status.of(key))));
        return statuses;
    }

    /** Returns a map as JSON, in its order. */
    static String object(Map<String, String> map) {
        return map.entrySet().stream()
                .map(entry -> '"' + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** Returns a list as JSON. */
    static String array(List<String> texts) {
        return texts.stream().map(text -> '"' + text + '"').collect(Collectors.joining(",", "[", "]"));
    }
}
