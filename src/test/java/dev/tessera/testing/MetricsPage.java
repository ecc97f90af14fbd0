package dev.tessera.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page of {@code GET /metrics}. Each line must follow Prometheus' text format 0.0.4: all lines of a metric
 * together, HELP and TYPE once and before its values, each value once.
 */
public final class MetricsPage {

    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String LABEL = """
            [a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\n]|\\\\["\\\\n])*\"""";
    private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") .+");
    private static final Pattern TYPE = Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|summary)");
    private static final Pattern SAMPLE =
            Pattern.compile("((" + NAME + ")(?:\\{" + LABEL + "(?:," + LABEL + ")*\\})?) (\\S+)");

    /** The types, by name. */
    private final Map<String, String> types = new HashMap<>();
    /** The values, by name and labels as the page writes them. */
    private final Map<String, Double> values = new LinkedHashMap<>();

    private MetricsPage(String text) {
        assertThat(text).endsWith("\n");
        Set<String> helped = new HashSet<>();
        String current = null;
        for (String line : text.lines().toList()) {
            Matcher help = HELP.matcher(line);
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (help.matches()) {
                assertThat(helped.add(help.group(1))).as("a second " + line).isTrue();
                current = help.group(1);
            } else if (type.matches()) {
                assertThat(type.group(1)).as(line).isEqualTo(current);
                assertThat(types.put(current, type.group(2)))
                        .as("a second " + line)
                        .isNull();
            } else {
                assertThat(sample.matches())
                        .as("is no line of the format: " + line)
                        .isTrue();
                assertThat(metricOf(sample.group(2))).as(line).isEqualTo(current);
                assertThat(values.put(sample.group(1), Double.parseDouble(sample.group(3))))
                        .as("a second " + line)
                        .isNull();
            }
        }
        types.forEach((name, type) ->
                assertThat(name.endsWith("_total")).as(name + " is a " + type).isEqualTo(type.equals("counter")));
    }

    private String metricOf(String sampleName) {
        String summary = sampleName.replaceFirst("_(sum|count)$", "");
        return "summary".equals(types.get(summary)) ? summary : sampleName;
    }

    /** Asks a server for its page. */
    public static MetricsPage of(int managementPort) throws Exception {
        return new MetricsPage(Http.get(managementPort, "/metrics").body());
    }

    /** Returns the names of all metrics. */
    public Set<String> names() {
        return types.keySet();
    }

    /**
     * Returns the value of a metric, such as {@code tessera_commands_total{command="KV_SET"}}; 0 if the page has none.
     */
    public double value(String nameWithLabels) {
        return values.getOrDefault(nameWithLabels, 0.0);
    }

    /** Returns the number of commands of a name that came. */
    public long commands(String command) {
        return (long) value("tessera_commands_total{command=\"" + command + "\"}");
    }

    /** Returns the number of answers with this fault. */
    public long faults(String command, int status) {
        return (long) value("""
                tessera_command_faults_total{command="%s",status="%s"}""".formatted(command, status));
    }

    /** Returns the number of answers with any fault. */
    public long faults() {
        return (long) values.entrySet().stream()
                .filter(value -> value.getKey().startsWith("tessera_command_faults_total"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
