package dev.tessera.soak;

import dev.tessera.soak.HttpRequests.Ask;
import dev.tessera.soak.HttpRequests.Got;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Sessions and keys as HTTP resources, for commands that have one. It translates the responses into answers of the
 * protocol.
 */
final class RestCalls implements Transport {

    private static final String SESSIONS = "/v1/sessions";
    private static final int PIPELINED_MAX = 20;

    private final HttpRequests requests;

    RestCalls(Vertx vertx, int port) {
        requests = new HttpRequests(vertx, port, HttpVersion.HTTP_1_1);
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
        List<Got> got = requests.send(steps.stream().map(RestCalls::ask).toList());
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            answers.add(answer(steps.get(i), got.get(i)));
        }
        return answers;
    }

    private static boolean isResource(Step step) {
        return switch (step.name()) {
            case "KV_SET", "KV_ADD" -> step.values().size() == 1;
            case "KV_GET", "KV_RMV" -> step.keys().size() == 1;
            case "KV_KEYS" -> !step.expected().contains("\"st\":101");
            case "SH_INFO", "SH_END", "SH_NEW", "SH_OPEN" -> true;
            default -> false;
        };
    }

    private static Ask ask(Step step) {
        if (!isResource(step)) {
            return Ask.command(step.command());
        }
        String session = SESSIONS + "/" + step.session().token();
        String key = session + "/keys/"
                + (step.keys().isEmpty() ? "" : encode(step.keys().get(0)));
        return switch (step.name()) {
            case "KV_SET", "KV_ADD" ->
                new Ask(HttpMethod.PUT, key, step.values().get(0), step.name().equals("KV_ADD"));
            case "KV_GET" -> new Ask(HttpMethod.GET, key, null, false);
            case "KV_RMV" -> new Ask(HttpMethod.DELETE, key, null, false);
            case "KV_KEYS" -> new Ask(HttpMethod.GET, session + "/keys", null, false);
            case "SH_INFO" -> new Ask(HttpMethod.GET, session, null, false);
            case "SH_END" -> new Ask(HttpMethod.DELETE, session, null, false);
            case "SH_OPEN" ->
                new Ask(
                        HttpMethod.GET,
                        SESSIONS + "?name=" + encode(step.session().name()),
                        null,
                        false);
            default ->
                new Ask(
                        HttpMethod.POST,
                        SESSIONS,
                        step.command()
                                .substring(
                                        "{\"SH_NEW\":".length(), step.command().length() - 1),
                        false);
        };
    }

    private static String answer(Step step, Got got) {
        String body = got.body();
        int expected = HttpStatuses.of(body);
        boolean lacksKey = body.startsWith("""
                {"%s_RSP":{"st":22,""".formatted(step.name()));
        if (isResource(step) && (expected < 300 || lacksKey)) {
            boolean refused = body.endsWith("\"}}") && body.startsWith("""
                    {"%s_RSP":{"st":""".formatted(step.name()));
            switch (step.name()) {
                case "KV_SET", "KV_ADD" ->
                    expected = body.endsWith(":20}}}") ? 201 : body.endsWith(":23}}}") ? 412 : 200;
                case "KV_GET" -> {
                    boolean absent = got.status() == 404 && refused;
                    HttpStatuses.require(absent ? 404 : 200, got.status(), step, body);
                    return Reply.of("KV_GET", step.session())
                            .add("keys", Text.object(step.keys(), key -> absent ? "null" : body))
                            .text();
                }
                case "KV_RMV" -> {
                    HttpStatuses.require(body.isEmpty() ? 204 : 404, got.status(), step, body);
                    Reply reply = Reply.of("KV_RMV", step.session());
                    String quoted = Text.string(step.keys().get(0));
                    return quoted.equals("\"tkn\"")
                            ? reply.text()
                            : reply.add(quoted.substring(1, quoted.length() - 1), body.isEmpty() ? 24 : 22)
                                    .text();
                }
                case "SH_END" -> {
                    HttpStatuses.require(204, got.status(), step, body);
                    return Reply.of("SH_END")
                            .add("st", 1)
                            .add("tkn", step.session().token())
                            .text();
                }
                case "SH_NEW" -> {
                    expected = refused && body.contains("\"st\":103") ? 409 : 201;
                    if (expected == 201
                            && !body.endsWith(
                                    ":" + String.valueOf(got.location()).replace(SESSIONS + "/", "") + "}}")) {
                        throw new AssertionError("Location " + got.location() + " of " + body);
                    }
                }
                case "SH_OPEN" -> expected = refused && body.contains("\"st\":102") ? 404 : 200;
                default -> {}
            }
        }
        HttpStatuses.require(expected, got.status(), step, body);
        return body;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
    }

    @Override
    public void close() throws Exception {
        requests.close();
    }
}
