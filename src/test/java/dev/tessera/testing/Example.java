package dev.tessera.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request and the response that a reference page shows for it.
 *
 * @param title the heading above it
 * @param request as the page prints it, with its white space
 * @param response as the page prints it
 */
public record Example(String title, String request, String response) {

    private static final Pattern EXAMPLES = Pattern.compile("(?m)^## Examples\\s*$");
    private static final Pattern HEADING_OR_BLOCK = Pattern.compile("(?ms)^### ([^\\n]+)$|^```json[^\\n]*\\n(.*?)^```");
    private static final Pattern TOKEN = Pattern.compile("(\"tkn\"\\s*:\\s*)\\d+");
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /**
     * Returns the examples of a page among the test resources, such as {@code /reference/kv-set.md}, in their order.
     */
    public static List<Example> ofPage(String resource) {
        String page;
        try (InputStream in = Objects.requireNonNull(Example.class.getResourceAsStream(resource), resource)) {
            page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Matcher section = EXAMPLES.matcher(page);
        if (!section.find()) {
            throw new IllegalArgumentException(resource + " has no section of examples");
        }
        return ofSection(resource, page.substring(section.end()));
    }

    private static List<Example> ofSection(String resource, String section) {
        List<Example> examples = new ArrayList<>();
        String title = "";
        String request = null;
        Matcher matcher = HEADING_OR_BLOCK.matcher(section);
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                title = matcher.group(1).trim();
            } else if (request == null) {
                request = matcher.group(2);
            } else {
                examples.add(new Example(title, request, matcher.group(2)));
                request = null;
            }
        }
        if (request != null) {
            throw new IllegalArgumentException(resource + " has a request without a response: " + title);
        }
        return examples;
    }

    /** Returns the request with the token of a session that exists. */
    public String requestWithToken(long token) {
        return withToken(request, token);
    }

    /** Returns the exact text of the answer: the response as compact JSON, with the token of that session. */
    public String answerWithToken(long token) {
        try {
            JsonNode tree = JSON.readTree(withToken(response, token));
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(response, e);
        }
    }

    private static String withToken(String text, long token) {
        return TOKEN.matcher(text).replaceAll("$1" + Long.toUnsignedString(token));
    }

    @Override
    public String toString() {
        return title;
    }
}
