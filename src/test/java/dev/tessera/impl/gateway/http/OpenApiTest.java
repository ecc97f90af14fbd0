package dev.tessera.impl.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Drives a real server by its own description alone. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class OpenApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static TestServer server;
    private static HttpClientOfTests client;
    private static JsonNode document;

    @BeforeAll
    static void start(Vertx vertx, @TempDir Path saves) throws Exception {
        server = TestServer.start(
                vertx,
                Configuration.defaults()
                        .with(Settings.EVENT_LOOPS, 2)
                        .with(Settings.SAVE_ENABLED, true)
                        .with(Settings.SAVE_PATH, Optional.of(saves)));
        client = new HttpClientOfTests(server.port());
        document = JSON.readTree(client.send("GET", "/openapi.json", null).body());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void shouldBeAnOpenApiDocument() {
        assertThat(document.path("openapi").textValue()).isEqualTo("3.1.0");
        assertThat(document.at("/info/title").textValue()).isNotEmpty();
        assertThat(document.at("/info/version").textValue()).isNotEmpty();
        Set<String> ids = new HashSet<>();
        forEachOperation((path, method, operation) -> {
            assertThat(ids.add(operation.path("operationId").textValue()))
                    .as("%s %s has an id of its own", method, path)
                    .isTrue();
            assertThat(operation.path("summary").textValue())
                    .as("%s %s has a summary", method, path)
                    .isNotEmpty();
            assertThat(operation.path("responses"))
                    .as("%s %s has responses", method, path)
                    .isNotEmpty();
            operation
                    .path("responses")
                    .forEach(response ->
                            assertThat(response.path("description").textValue()).isNotEmpty());
            List<String> inPath = new ArrayList<>();
            operation.path("parameters").forEach(parameter -> {
                if (parameter.path("in").textValue().equals("path")) {
                    assertThat(parameter.path("required").booleanValue()).isTrue();
                    inPath.add("{" + parameter.path("name").textValue() + "}");
                }
            });
            assertThat(Stream.of(path.split("/"))
                            .filter(part -> part.startsWith("{"))
                            .toList())
                    .isEqualTo(inPath);
        });
        document.findValuesAsText("$ref")
                .forEach(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @TestFactory
    Stream<DynamicTest> shouldAnswerEveryOperationWithADocumentedStatus() {
        List<DynamicTest> tests = new ArrayList<>();
        forEachOperation((path, method, operation) -> tests.add(DynamicTest.dynamicTest(method + " " + path, () -> {
            String token = client.newSession();
            client.send("POST", "/v1/sessions", """
                    {"name":"basket","shared":true}""");
            client.send("PUT", "/v1/sessions/" + token + "/keys/visits", "{}");
            JsonNode contents = operation.at("/requestBody/content");

            if (contents.isMissingNode()) {
                assertDocumented(operation, send(method, path(path, operation, token), null, null), true);
                assertDocumented(operation, send(method, path(path, operation, "7"), null, null), false);
                assertDocumented(operation, send(method, path(path, operation, "none"), null, null), false);
                return;
            }
            for (Map.Entry<String, JsonNode> content : contents.properties()) {
                String type = content.getKey();
                String body = sample(content.getValue().path("schema"), token).toString();
                assertDocumented(operation, send(method, path(path, operation, token), type, body), true);
                assertDocumented(operation, send(method, path(path, operation, "7"), type, body), false);
                assertDocumented(operation, send(method, path(path, operation, "none"), type, body), false);
                assertDocumented(operation, send(method, path(path, operation, token), type, "nonsense"), false);
            }
            HttpResponse<String> text = send(method, path(path, operation, token), "text/plain", "1");
            assertThat(text.statusCode()).isEqualTo(415);
            assertDocumented(operation, text, false);
        })));
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> shouldExecuteEveryCommandMadeOfItsSchema() {
        JsonNode commands = document.at("/components/schemas/Command/oneOf");
        return Stream.iterate(0, i -> i < commands.size(), i -> i + 1)
                .map(i -> commands.get(i))
                .map(reference -> {
                    JsonNode schema = resolve(reference);
                    String name = schema.path("required").get(0).textValue();
                    return DynamicTest.dynamicTest(name, () -> {
                        ObjectNode command = (ObjectNode) sample(schema, client.newSession());

                        assertThat(client.command(command.toString()).statusCode())
                                .isIn(200, 204, name.equals("KV_PATCH") ? 404 : 200);
                        for (JsonNode required : schema.at("/properties/" + name + "/required")) {
                            ObjectNode less = command.deepCopy();
                            ((ObjectNode) less.get(name)).remove(required.textValue());
                            assertThat(client.command(less.toString()).statusCode())
                                    .as("%s is required", required)
                                    .isEqualTo(400);
                        }
                    });
                });
    }

    private interface OperationAction {
        void accept(String path, String method, JsonNode operation);
    }

    private static void forEachOperation(OperationAction action) {
        for (Map.Entry<String, JsonNode> item : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : item.getValue().properties()) {
                action.accept(item.getKey(), operation.getKey(), operation.getValue());
            }
        }
    }

    private static HttpResponse<String> send(
            String method, String path, @Nullable String contentType, @Nullable String body) throws Exception {
        String name = method.toUpperCase(Locale.ROOT);
        return body == null
                ? client.send(name, path, null)
                : client.sendBytes(name, path, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertDocumented(JsonNode operation, HttpResponse<String> response, boolean succeeds)
            throws Exception {
        JsonNode documented = operation.path("responses").path(Integer.toString(response.statusCode()));
        assertThat(documented.isMissingNode())
                .as("%s %s is documented", response, response.body())
                .isFalse();
        if (succeeds) {
            assertThat(response.statusCode()).as(response.body()).isLessThan(300);
        }
        if (documented.has("content")) {
            assertThat(JSON.readTree(response.body())).isNotNull();
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        } else {
            assertThat(response.body()).isEmpty();
        }
    }

    /** Returns the path with its required parameters. */
    private static String path(String template, JsonNode operation, String token) {
        String path = template;
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("required").booleanValue()) {
                String name = parameter.path("name").textValue();
                String value = name.equals("tkn")
                        ? token
                        : resolve(parameter.path("schema"))
                                .path("examples")
                                .get(0)
                                .asText();
                if (parameter.path("in").textValue().equals("path")) {
                    path = path.replace("{" + name + "}", value);
                } else {
                    query.append(query.length() == 0 ? '?' : '&')
                            .append(name)
                            .append('=')
                            .append(value);
                }
            }
        }
        return path + query;
    }

    /** Returns a value of a schema: its example, or its required members. */
    private static JsonNode sample(JsonNode reference, String token) throws Exception {
        if (reference.path("$ref").asText().endsWith("/Token")) {
            return JSON.readTree(token);
        }
        JsonNode schema = resolve(reference);
        if (schema.has("examples")) {
            return schema.path("examples").get(0);
        }
        if (schema.has("oneOf")) {
            return sample(schema.path("oneOf").get(0), token);
        }
        ObjectNode object = JSON.createObjectNode();
        for (JsonNode required : schema.path("required")) {
            object.set(required.textValue(), sample(schema.path("properties").path(required.textValue()), token));
        }
        return object;
    }

    private static JsonNode resolve(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.path("$ref").textValue().substring(1)) : schema;
    }
}
