package dev.tessera.crash;

import dev.tessera.testing.TextSocket;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** A writer of its own keys in the global key space. */
final class KeyWriter implements Writer {

    private final KeyDraws draws;
    private final Map<String, Cell> cells = new LinkedHashMap<>();
    private final Map<String, String> keys = new LinkedHashMap<>();

    KeyWriter(Random random, String prefix) {
        draws = new KeyDraws(random, prefix, false);
        draws.keys().forEach(key -> cells.put(key, new Cell(Cell.ABSENT)));
    }

    @Override
    public Outcome next() {
        Map<String, String> before = new HashMap<>(keys);
        KeyDraws.Draw draw = draws.draw(keys);
        return new Outcome(
                "{\"" + draw.command() + "\":{" + draw.parameters() + "}}",
                draw.reply() == null ? "" : "{\"" + draw.command() + "_RSP\":{" + draw.reply() + "}}",
                changes(before));
    }

    /**
     * Returns a command on all global keys.
     *
     * @param andSet whether the command also sets some keys of this writer
     * @param states receives the new states of this writer's cells
     * @return the request
     */
    String clear(boolean andSet, Map<Cell, String> states) {
        Map<String, String> before = new HashMap<>(keys);
        KeyDraws.Draw draw = andSet ? draws.clearSet(keys) : KeyDraws.clear(keys);
        states.putAll(changes(before));
        return "{\"" + draw.command() + "\":{" + draw.parameters() + "}}";
    }

    private Map<Cell, String> changes(Map<String, String> before) {
        Map<Cell, String> states = new LinkedHashMap<>();
        cells.forEach((key, cell) -> {
            String state = keys.getOrDefault(key, Cell.ABSENT);
            if (!state.equals(before.getOrDefault(key, Cell.ABSENT))) {
                states.put(cell, state);
            }
        });
        return states;
    }

    @Override
    public String making() {
        throw new IllegalStateException("there are no sessions");
    }

    @Override
    public void made(String reply) {
        throw new IllegalStateException("there are no sessions");
    }

    @Override
    public Outcome probe() {
        return new Outcome("""
                {"KV_CONTAINS":{"keys":[]}}""", """
                {"KV_CONTAINS_RSP":{"st":1,"keys":{}}}""", Map.of());
    }

    @Override
    public int recover(TextSocket socket, long toleratedNanos) throws Exception {
        String reply = socket.ask("""
                {"KV_GET":{"keys":%s}}""".formatted(KeyDraws.array(draws.keys())));
        Map<String, String> found = FlatObject.read(reply.substring("""
                        {"KV_GET_RSP":{"keys":""".length(), reply.length() - 2));
        keys.clear();
        int lost = 0;
        for (Map.Entry<String, Cell> each : cells.entrySet()) {
            String value = found.get(each.getKey());
            if (!value.equals("null")) {
                keys.put(each.getKey(), value);
            }
            lost += each.getValue()
                    .found(value.equals("null") ? Cell.ABSENT : value, toleratedNanos, "key " + each.getKey());
        }
        return lost;
    }
}
