package dev.tessera.soak;

import dev.tessera.soak.HttpRequests.Ask;
import dev.tessera.soak.HttpRequests.Got;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends each command in a request of its own. HTTP/1.1 keeps the order of pipelined requests. HTTP/2 does not, so this
 * transport sends only commands on different sessions at once.
 */
final class HttpSingle implements Transport {

    private static final int PIPELINED_MAX = 20;

    private final HttpRequests requests;
    private final boolean ordered;

    HttpSingle(Vertx vertx, int port, HttpVersion version) {
        requests = new HttpRequests(vertx, port, version);
        ordered = version == HttpVersion.HTTP_1_1;
    }

    @Override
    public int burst() {
        return PIPELINED_MAX;
    }

    @Override
    public int speed() {
        return 1;
    }

    @Override
    public List<String> exchange(List<Step> steps) throws Exception {
        List<String> answers = new ArrayList<>();
        for (int from = 0; from < steps.size(); ) {
            int to = ordered ? steps.size() : independent(steps, from);
            List<Got> got = requests.send(steps.subList(from, to).stream()
                    .map(step -> Ask.command(step.command()))
                    .toList());
            for (int i = from; i < to; i++) {
                Got one = got.get(i - from);
                HttpStatuses.require(HttpStatuses.of(one.body()), one.status(), steps.get(i), one.body());
                answers.add(one.body());
            }
            from = to;
        }
        return answers;
    }

    /** Returns the end of the steps from {@code from} on that concern different sessions. */
    private static int independent(List<Step> steps, int from) {
        List<ModelSession> seen = new ArrayList<>();
        int to = from;
        while (to < steps.size()
                && steps.get(to).name().startsWith("KV_")
                && !seen.contains(steps.get(to).session())) {
            seen.add(steps.get(to++).session());
        }
        return Math.max(to, from + 1);
    }

    @Override
    public void close() throws Exception {
        requests.close();
    }
}
