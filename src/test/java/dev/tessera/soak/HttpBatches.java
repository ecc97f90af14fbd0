package dev.tessera.soak;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.soak.HttpRequests.Ask;
import dev.tessera.soak.HttpRequests.Got;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Commands in arrays over HTTP; text that is not JSON goes in a request of its own. */
final class HttpBatches implements Transport {

    /** The value of {@code limits.maxInFlight}. */
    static final int BATCH_MAX = 40;

    private static final int DEPTH_MAX = 100;

    private final HttpRequests requests;

    HttpBatches(Vertx vertx, int port, HttpVersion version) {
        requests = new HttpRequests(vertx, port, version);
    }

    @Override
    public int burst() {
        return BATCH_MAX;
    }

    @Override
    public List<String> exchange(List<Step> steps) throws Exception {
        List<String> answers = new ArrayList<>();
        for (int from = 0; from < steps.size(); ) {
            int to = from;
            while (to < steps.size() && steps.get(to).isJson()) {
                to++;
            }
            if (to == from) {
                to++;
                Got alone = requests.send(List.of(Ask.command(steps.get(from).command())))
                        .get(0);
                HttpStatuses.require(400, alone.status(), steps.get(from), alone.body());
                answers.add(alone.body());
            } else {
                Got got = requests.send(List.of(Ask.command(steps.subList(from, to).stream()
                                .map(Step::command)
                                .collect(Collectors.joining(",", "[", "]")))))
                        .get(0);
                HttpStatuses.require(200, got.status(), steps.get(from), got.body());
                answers.addAll(split(got.body()));
            }
            from = to;
        }
        return answers;
    }

    private static List<String> split(String array) {
        byte[] text = array.getBytes(StandardCharsets.UTF_8);
        JsonScanner scanner = new JsonScanner(DEPTH_MAX);
        scanner.reset(text, 0, text.length);
        List<String> elements = new ArrayList<>();
        Slice element = new Slice();
        scanner.enter();
        for (boolean first = true; scanner.element(first); first = false) {
            scanner.value(element);
            elements.add(element.toString().equals("null") ? "" : element.toString());
        }
        scanner.expectEnd();
        return elements;
    }

    @Override
    public void close() throws Exception {
        requests.close();
    }
}
