package dev.tessera.impl.http;

import dev.tessera.impl.gateway.http.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * A request as bytes, and its answers. The files in {@code src/test/resources/http} describe the format.
 *
 * @param bytes with the placeholder {@code {page}}
 * @param answers the statuses, and {@code open} or {@code closed}
 */
record RequestCase(String title, String bytes, String answers) {

    private static final Path DIRECTORY = Path.of("src", "test", "resources", "http");

    /** Reads all cases of a file. */
    static List<RequestCase> read(String file) throws IOException {
        List<RequestCase> cases = new ArrayList<>();
        String title = "";
        StringJoiner lines = new StringJoiner("\r\n");
        for (String line : Files.readAllLines(DIRECTORY.resolve(file))) {
            if (line.startsWith("= ")) {
                title = line.substring(2);
                lines = new StringJoiner("\r\n");
            } else if (line.startsWith(">")) {
                lines.add(unescape(line.substring(Math.min(2, line.length()))));
            } else if (line.startsWith("< ")) {
                cases.add(new RequestCase(title, lines.toString(), line.substring(2)));
            }
        }
        return cases;
    }

    private static String unescape(String line) {
        return line.replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\t", "\t")
                .replace("\\0", "\0");
    }

    /** Sends the request to a port, and returns the answers in the form of {@link #answers}. */
    String answersOf(int port, String page) throws IOException {
        try (RawHttp raw = new RawHttp(port)) {
            raw.write(bytes.replace("{page}", page));
            StringJoiner found = new StringJoiner(" ");
            boolean isExpectedOpen = answers.endsWith("open");
            int count = answers.split(" ", -1).length - 1;
            for (int i = 0; i < count || !isExpectedOpen; i++) {
                RawHttp.Response response = raw.readOrEnd();
                if (response == null) {
                    return found.add("closed").toString();
                }
                found.add(Integer.toString(response.status()));
                requireJson(response);
            }
            // The next answer must be that of the next request.
            raw.write("GET " + page + "?last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            RawHttp.Response last = raw.readOrEnd();
            boolean isOpen = last != null && last.status() == 200 && raw.isAtEnd();
            return found.add(isOpen ? "open" : "out of step: " + last).toString();
        }
    }

    private static void requireJson(RawHttp.Response response) {
        if (response.status() >= 400
                && (!response.head().contains("content-type: application/json")
                        || !response.body().startsWith("{\"")
                        || !response.body().endsWith("}"))) {
            throw new AssertionError("no JSON: " + response);
        }
    }

    @Override
    public String toString() {
        return title;
    }
}
