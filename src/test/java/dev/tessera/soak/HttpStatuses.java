package dev.tessera.soak;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of docs/clients/http.md: the HTTP status of each answer. */
final class HttpStatuses {

    /** A fault ends with its message, or with the index of the command that failed in a batch. */
    private static final Pattern FAULT = Pattern.compile("""
                    \\{"[A-Z_]+":\\{"st":(\\d+),.*("|"at":\\d+)}}""", Pattern.DOTALL);

    private HttpStatuses() {}

    static int of(String answer) {
        if (answer.isEmpty()) {
            return 204;
        }
        Matcher matcher = FAULT.matcher(answer);
        if (!matcher.matches()) {
            return 200;
        }
        return switch (Integer.parseInt(matcher.group(1))) {
            case 2, 3, 4, 10, 11, 12, 13, 26, 41, 42, 101 -> 400;
            case 14, 204 -> 403;
            case 22, 100 -> 404;
            case 5, 27, 202, 203 -> 422;
            case 206 -> 409;
            case 201, 1000 -> 500;
            case 200 -> 503;
            case 205 -> 507;
            default -> 200;
        };
    }

    static void require(int expected, int status, Step step, String body) {
        if (status != expected) {
            throw new AssertionError(
                    "HTTP " + status + " in the place of " + expected + " to " + step.command() + ": " + body);
        }
    }
}
