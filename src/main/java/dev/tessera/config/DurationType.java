package dev.tessera.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * Durations in Java, whole milliseconds in every source.
 *
 * @param millis the range in milliseconds
 */
record DurationType(LongType millis) implements ValueType<Duration> {

    private static final Duration SHORTEST = Duration.ofMillis(Long.MIN_VALUE);
    private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

    @Override
    public String name() {
        return millis.name();
    }

    @Override
    public String range() {
        return millis.range();
    }

    @Override
    public String expected() {
        return millis.expected();
    }

    @Override
    public boolean accepts(Duration value) {
        return isWholeMillis(value) && millis.accepts(value.toMillis());
    }

    @Override
    public Duration fromJson(JsonNode node) throws UnusableValueException {
        return Duration.ofMillis(millis.fromJson(node));
    }

    @Override
    public Duration fromText(String text) throws UnusableValueException {
        return Duration.ofMillis(millis.fromText(text));
    }

    /** The milliseconds. A duration that is no count of them is never accepted; it is shown as Java writes it. */
    @Override
    public String toJson(Duration value) {
        return isWholeMillis(value) ? Long.toString(value.toMillis()) : value.toString();
    }

    private static boolean isWholeMillis(Duration value) {
        return value.compareTo(SHORTEST) >= 0
                && value.compareTo(LONGEST) <= 0
                && value.equals(Duration.ofMillis(value.toMillis()));
    }
}
