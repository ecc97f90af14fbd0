package dev.tessera.soak;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares the keys of all workers in the global key space with the answers of the server, in any order. */
final class GlobalKeys {

    private final Map<String, Value> keys = new LinkedHashMap<>();

    GlobalKeys(List<Worker> workers) {
        workers.forEach(worker -> keys.putAll(worker.global().keys()));
    }

    void compare(Worker worker) throws Exception {
        compare(worker, "{\"KV_KEYS\":{}}", "KV_KEYS", Place.ROOT);
        for (Place place : Place.values()) {
            compare(worker, """
                    {"KV_FIND":{"rsp":"keys","path":"%s"}}""".formatted(place.path()), "KV_FIND", place);
        }
    }

    private void compare(Worker worker, String command, String name, Place place) throws Exception {
        String[] answer = new String[1];
        worker.exchange(List.of(Step.of(
                        name,
                        null,
                        command,
                        Reply.of(name)
                                .add("st", 1)
                                .add("keys", "[" + Reply.ANY + "]")
                                .text())
                .telling(names -> answer[0] = names)));
        // No key has a comma.
        String[] names = answer[0].isEmpty() ? new String[0] : answer[0].split(",", -1);
        Arrays.sort(names);
        String[] expected = keys.keySet().stream()
                .filter(key -> !keys.get(key).paths(place).isEmpty())
                .map(Text::string)
                .sorted()
                .toArray(String[]::new);
        if (!Arrays.equals(names, expected)) {
            throw new AssertionError(
                    command + " answered " + Arrays.toString(names) + " in the place of " + Arrays.toString(expected));
        }
    }
}
