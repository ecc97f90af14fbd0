package dev.tessera.testing.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a case over a conversation. In the lines of a case, {@code $a}, {@code $b}... stand for tokens that the server
 * draws; the first answer that contains one defines its value. On the pages of the docs, every integer of 16 digits or
 * more in an answer is such a name. {@code $tkn} is the token of a new session, if the case uses it.
 */
public final class CaseRunner {

    private static final Pattern VARIABLE = Pattern.compile("\\$[a-z]+");
    private static final Pattern LONG_NUMBER = Pattern.compile("(?<![0-9.\"])[0-9]{16,20}(?![0-9.\"])");
    /** As {@link #LONG_NUMBER}, but includes tokens in strings and URLs. */
    private static final Pattern LONG_DIGITS = Pattern.compile("(?<![0-9.])[0-9]{16,20}(?![0-9.])");

    private static final Pattern TOKEN = Pattern.compile("[0-9]{1,20}");

    private final Conversation conversation;
    private final MutableClock clock;
    private final Pattern variable;
    private final Map<String, String> values = new HashMap<>();

    private CaseRunner(Conversation conversation, MutableClock clock, Pattern variable) {
        this.conversation = conversation;
        this.clock = clock;
        this.variable = variable;
    }

    /** Runs a case of a file of cases. */
    public static void run(Case one, Conversation conversation, MutableClock clock) throws Exception {
        CaseRunner runner = new CaseRunner(conversation, clock, VARIABLE);
        if (one.steps().stream().anyMatch(step -> step.request().contains("$tkn"))) {
            runner.expect(one.name(), """
                    {"SH_NEW":{"name":"case"}}""", List.of("""
                            {"SH_NEW_RSP":{"st":1,"name":"case","tkn":$tkn}}"""));
        }
        runner.steps(one);
    }

    /** Runs the transcripts of a page. */
    public static void runPage(Case page, Conversation conversation, MutableClock clock) throws Exception {
        new CaseRunner(conversation, clock, LONG_NUMBER).steps(page);
    }

    /** Runs the transcripts of a page that also shows tokens in strings and URLs. */
    public static void runCurlPage(Case page, Conversation conversation, MutableClock clock) throws Exception {
        new CaseRunner(conversation, clock, LONG_DIGITS).steps(page);
    }

    private void steps(Case one) throws Exception {
        for (Step step : one.steps()) {
            if (step.kind() == Step.Kind.WAIT) {
                clock.advance(Duration.ofMillis(Long.parseLong(step.request())));
            } else {
                expect(one.name() + ", line " + step.line(), replaceKnown(step.request()), step.answers());
            }
        }
    }

    private void expect(String where, String request, List<String> answers) throws Exception {
        String answer = conversation.ask(request);
        if (answers.isEmpty()) {
            assertThat(answer).as("%s: %s is silent", where, request).isNull();
            return;
        }
        if (answers.size() == 1) {
            expect(where, request, answers.get(0), answer);
            return;
        }
        String second = conversation.second();
        if (second != null) {
            expect(where, request, answers.get(0), answer);
        }
        expect(where, request, answers.get(1), second == null ? answer : second);
    }

    private void expect(String where, String request, String expected, String answer) {
        assertThat(answer).as("%s: %s", where, request).isNotNull();
        learn(expected, answer);
        assertThat(answer).as("%s: %s", where, request).isEqualTo(replaceKnown(expected));
    }

    private String replaceKnown(String text) {
        return variable.matcher(text)
                .replaceAll(found -> values.getOrDefault(found.group(), Matcher.quoteReplacement(found.group())));
    }

    /** Reads the values of unknown variables from an answer. */
    private void learn(String expected, String answer) {
        List<String> unknown = new ArrayList<>();
        StringBuilder pattern = new StringBuilder();
        Matcher matcher = variable.matcher(expected);
        int end = 0;
        while (matcher.find()) {
            String name = matcher.group();
            pattern.append(Pattern.quote(expected.substring(end, matcher.start())));
            if (values.containsKey(name)) {
                pattern.append(values.get(name));
            } else if (unknown.contains(name)) {
                pattern.append('\\').append(unknown.indexOf(name) + 1);
            } else {
                pattern.append('(').append(TOKEN).append(')');
                unknown.add(name);
            }
            end = matcher.end();
        }
        pattern.append(Pattern.quote(expected.substring(end)));
        Matcher found = Pattern.compile(pattern.toString()).matcher(answer);
        if (found.matches()) {
            for (int i = 0; i < unknown.size(); i++) {
                values.put(unknown.get(i), found.group(i + 1));
            }
        }
    }
}
