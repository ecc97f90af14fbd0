package dev.tessera.impl.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the examples of {@code docs/clients/jsonpath.md}: each row of a table is a case on the JSON text above it. */
@Tag(Layer.DOCS)
class DocumentationTest {

    private static final Path PAGE = Path.of("docs", "clients", "jsonpath.md");
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");

    @TestFactory
    List<DynamicTest> shouldAnswerAsThePageSays() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        StringBuilder json = new StringBuilder();
        boolean inJson = false;
        String header = "";
        for (String line : Files.readAllLines(PAGE)) {
            if (line.equals("```json")) {
                inJson = true;
                json.setLength(0);
            } else if (line.equals("```")) {
                inJson = false;
            } else if (inJson) {
                json.append(line).append('\n');
            } else if (!line.startsWith("|")) {
                header = "";
            } else if (header.isEmpty()) {
                header = line;
            } else if (line.contains("`")) {
                addExample(tests, header, json.toString(), line);
            }
        }
        return tests;
    }

    @Test
    void shouldFindTheExamples() throws IOException {
        assertThat(shouldAnswerAsThePageSays()).hasSizeGreaterThan(45);
    }

    private static void addExample(List<DynamicTest> tests, String header, String json, String row) {
        List<String> code = new ArrayList<>();
        Matcher matcher = CODE.matcher(row.replace("\\|", "|"));
        while (matcher.find()) {
            code.add(matcher.group(1));
        }
        switch (header) {
            case "| path | values |" ->
                tests.add(DynamicTest.dynamicTest(
                        code.get(0), () -> assertThat(values(code.get(0), json)).isEqualTo(code.get(1))));
            case "| path | values | normalized paths |" ->
                tests.add(DynamicTest.dynamicTest(code.get(0), () -> {
                    assertThat(values(code.get(0), json)).isEqualTo(code.get(1));
                    assertThat(Search.paths(code.get(0), json)).isEqualTo(code.subList(2, code.size()));
                }));
            case "| value | path | update with | becomes |" ->
                tests.add(DynamicTest.dynamicTest(
                        "update " + code.get(1),
                        () -> assertThat(Search.update(code.get(1), code.get(0), code.get(2)))
                                .isEqualTo(code.get(3))));
            case "| refused | message |" ->
                tests.add(DynamicTest.dynamicTest(
                        code.get(0),
                        () -> assertThatThrownBy(() -> JsonPath.compile(code.get(0)))
                                .hasMessage(code.get(1))));
            default -> assertThat(header).isIn("| function | takes | returns |", "| what | limit |");
        }
    }

    private static String values(String path, String json) {
        return "[" + String.join(",", Search.values(path, json)) + "]";
    }
}
