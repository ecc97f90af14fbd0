package dev.tessera.testing.cases;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads cases. A line in a file of cases begins with
 *
 * <pre>
 *   ==  and the name of the next case
 *   &gt;   and a message to send
 *   &lt;   and its answer; no such line if the command is silent, and two if it answers twice
 *   +   and the milliseconds by which to move the clock
 *   #   and a comment
 * </pre>
 *
 * The fenced blocks of a page with the same mark, such as {@code wscat}, form one case of the same lines. In blocks
 * marked {@code curl}, a line begins with {@code $ } and a shell command, and the lines below it are its output.
 */
public final class CaseFile {

    private CaseFile() {}

    /** Returns the cases of a file in {@code src/test/resources/cases}. */
    public static List<Case> resource(String name) throws IOException {
        try (InputStream in = CaseFile.class.getResourceAsStream("/cases/" + name)) {
            List<Case> cases = new ArrayList<>();
            List<Step> steps = null;
            int number = 0;
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                number++;
                if (line.startsWith("== ")) {
                    steps = new ArrayList<>();
                    cases.add(new Case(line.substring(3), steps));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    add(steps, line, number);
                }
            }
            return cases;
        }
    }

    /** Returns the WebSocket transcripts of a page, in fenced blocks with this mark. */
    public static Case page(Path page, String mark) throws IOException {
        return page(page, mark, CaseFile::add);
    }

    /** Returns the transcripts of {@code curl} on a page. */
    public static Case curlPage(Path page) throws IOException {
        return page(page, "curl", CaseFile::addOfShell);
    }

    /** Adds a line to the steps, as a new step or as a part of the last one. */
    private interface Adding {
        void add(List<Step> steps, String line, int number);
    }

    private static Case page(Path page, String mark, Adding adding) throws IOException {
        List<Step> steps = new ArrayList<>();
        boolean inside = false;
        int number = 0;
        for (String line : Files.readAllLines(page)) {
            number++;
            if (line.startsWith("```")) {
                inside = line.equals("```" + mark);
            } else if (inside) {
                adding.add(steps, line, number);
            }
        }
        if (steps.isEmpty()) {
            throw new IllegalArgumentException(page + " has no transcript marked " + mark);
        }
        return new Case(page.toString(), steps);
    }

    private static void add(List<Step> steps, String line, int number) {
        if (line.startsWith("> ")) {
            steps.add(new Step(number, Step.Kind.ASK, line.substring(2), new ArrayList<>()));
        } else if (line.startsWith("+ ")) {
            steps.add(new Step(number, Step.Kind.WAIT, line.substring(2), List.of()));
        } else if (line.startsWith("< ")) {
            steps.get(steps.size() - 1).answers().add(line.substring(2));
        } else {
            throw new IllegalArgumentException("line " + number + " does not belong in a case: " + line);
        }
    }

    private static void addOfShell(List<Step> steps, String line, int number) {
        if (line.startsWith("$ ")) {
            steps.add(new Step(number, Step.Kind.ASK, line.substring(2), new ArrayList<>()));
        } else {
            List<String> printed = steps.get(steps.size() - 1).answers();
            String before = printed.isEmpty() ? "" : printed.remove(0) + "\n";
            printed.add(before + line);
        }
    }
}
