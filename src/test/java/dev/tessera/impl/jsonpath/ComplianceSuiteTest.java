package dev.tessera.impl.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.impl.jsonpath.budget.Budgets;
import dev.tessera.impl.jsonpath.parser.JsonPathSyntaxException;
import dev.tessera.testing.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The JSONPath Compliance Test Suite, one test per case, with the shorthand {@code .length} on and off. */
@Tag(Layer.UNIT)
class ComplianceSuiteTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonPathOptions STRICT = new JsonPathOptions(true, JsonPathOptions.DEFAULT_LENGTH_MAX);

    @TestFactory
    Stream<DynamicTest> shouldPassEveryCase() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode suiteCase : cases()) {
            String name = suiteCase.get("name").textValue();
            tests.add(DynamicTest.dynamicTest(name, () -> check(suiteCase, JsonPathOptions.DEFAULT)));
            tests.add(DynamicTest.dynamicTest(name + " (strict)", () -> check(suiteCase, STRICT)));
        }
        return tests.stream();
    }

    private static JsonNode cases() throws IOException {
        try (InputStream in = ComplianceSuiteTest.class.getResourceAsStream("/jsonpath/cts.json")) {
            return MAPPER.readTree(in).get("tests");
        }
    }

    private static void check(JsonNode suiteCase, JsonPathOptions options) {
        String selector = suiteCase.get("selector").textValue();
        if (suiteCase.path("invalid_selector").booleanValue()) {
            assertThatThrownBy(() -> JsonPath.compile(selector, options)).isInstanceOf(JsonPathSyntaxException.class);
            return;
        }
        String document = suiteCase.get("document").toString();
        Search found = Search.run(JsonPath.compile(selector, options), document);
        List<JsonNode> values =
                found.values().stream().map(ComplianceSuiteTest::parse).toList();
        assertThat(alternatives(suiteCase, "result", "results")).contains(MAPPER.valueToTree(values));
        assertThat(alternatives(suiteCase, "result_paths", "results_paths"))
                .contains(MAPPER.valueToTree(found.paths()));

        byte[] json = document.getBytes(StandardCharsets.UTF_8);
        assertThat(JsonPath.compile(selector, options).matches(json, 0, json.length, Budgets.unlimited()))
                .isEqualTo(!values.isEmpty());
    }

    private static List<JsonNode> alternatives(JsonNode suiteCase, String one, String several) {
        if (suiteCase.has(one)) {
            return List.of(suiteCase.get(one));
        }
        List<JsonNode> alternatives = new ArrayList<>();
        suiteCase.get(several).forEach(alternatives::add);
        return alternatives;
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
