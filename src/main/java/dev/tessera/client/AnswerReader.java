package dev.tessera.client;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.JsonString;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.json.Unsigned;
import dev.tessera.protocol.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers, one after the other, without a tree and without rounding numbers. The parts of an answer are slices of
 * a copy of it. Thread: one at a time.
 */
final class AnswerReader {

    /** The deepest nesting of an answer around a stored value: that of a read in a batch. */
    private static final int DEPTH_AROUND = 6;

    private static final String STATUS = "st";
    private static final String MESSAGE = "m";
    private static final String REVISIONS = "revs";
    private static final String NOT_APPLIED = "notApplied";

    private final JsonScanner scanner = new JsonScanner(JsonText.DEPTH_MAX + DEPTH_AROUND);
    private final Slice slice = new Slice();
    private final Slice answer = new Slice();

    /** Takes an answer, and keeps a copy of it. */
    void reset(byte[] bytes, int from, int to) {
        answer.set(Arrays.copyOfRange(bytes, from, to), 0, to - from);
    }

    /** Returns the whole answer. */
    Slice whole() {
        return answer;
    }

    /**
     * Returns the members of the answer's body by name.
     *
     * @throws TesseraException if the answer reports a failure
     */
    Map<String, Slice> body() {
        Map<String, Slice> body = object(object(answer).values().iterator().next());
        // Only a failure has a message. The members of KV_RMV may have any name, but they are numbers.
        Slice message = body.get(MESSAGE);
        if (message != null && message.array()[message.from()] == '"') {
            throw failure(body, string(message));
        }
        return body;
    }

    private TesseraException failure(Map<String, Slice> body, String message) {
        Status status = status(member(body, STATUS));
        Slice notApplied = body.get(NOT_APPLIED);
        TesseraException.Details details = new TesseraException.Details(
                notApplied == null ? List.of() : strings(notApplied), index(body, "at"), index(body, "op"));
        if (status != Status.CONFLICT) {
            return new TesseraException(status, message, details);
        }
        Slice revisions = body.get(REVISIONS);
        return new ConflictException(message, details, revisions == null ? Map.of() : numbers(revisions));
    }

    private static int index(Map<String, Slice> body, String name) {
        Slice index = body.get(name);
        return index == null ? -1 : (int) number(index);
    }

    /** Returns a member of the answer's body; see {@link #body()}. */
    Slice member(String name) {
        return member(body(), name);
    }

    /** Returns a member that the protocol guarantees. */
    static Slice member(Map<String, Slice> object, String name) {
        return Objects.requireNonNull(object.get(name), name);
    }

    Map<String, Slice> object(Slice text) {
        Map<String, Slice> members = new LinkedHashMap<>();
        begin(text);
        for (boolean first = true; scanner.member(first, slice); first = false) {
            String name = JsonString.decode(slice.array(), slice.from(), slice.to());
            Slice value = new Slice();
            scanner.value(value);
            members.put(name, value);
        }
        return members;
    }

    /** Returns copies of the members of an object. */
    Map<String, JsonText> values(Slice object) {
        Map<String, JsonText> values = new LinkedHashMap<>();
        object(object).forEach((name, value) -> values.put(name, new JsonText(value.copy())));
        return values;
    }

    /** Returns the members {@code keys} and {@code revs} of the answer's body as one map. */
    Map<String, VersionedValue> versionedValues() {
        Map<String, Slice> body = body();
        Map<String, Long> revisions = numbers(member(body, REVISIONS));
        Map<String, VersionedValue> values = new LinkedHashMap<>();
        object(member(body, "keys")).forEach((name, value) -> {
            long revision = Objects.requireNonNull(revisions.get(name), name);
            values.put(
                    name,
                    revision == 0 ? VersionedValue.NONE : new VersionedValue(new JsonText(value.copy()), revision));
        });
        return values;
    }

    /** Returns the revision after a command. */
    long revision() {
        return number(member("rev"));
    }

    /** Returns a text of the answer's body; null if the answer does not have it. */
    @Nullable
    String text(String name) {
        Slice text = body().get(name);
        return text == null ? null : string(text);
    }

    private Map<String, Long> numbers(Slice object) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        object(object).forEach((name, number) -> numbers.put(name, number(number)));
        return numbers;
    }

    /** Returns the durations of the members of an object that are seconds, and not null. */
    Map<String, Duration> durations(Slice object) {
        Map<String, Duration> durations = new LinkedHashMap<>();
        object(object).forEach((name, seconds) -> {
            if (seconds.array()[seconds.from()] != 'n') {
                durations.put(name, seconds(number(seconds)));
            }
        });
        return durations;
    }

    /** Returns unsigned seconds, or the longest duration if that is shorter. */
    private static Duration seconds(long unsigned) {
        return Duration.ofSeconds(unsigned < 0 ? Long.MAX_VALUE : unsigned);
    }

    /** Returns the elements of an array. */
    List<Slice> elements(Slice array) {
        List<Slice> elements = new ArrayList<>();
        begin(array);
        for (boolean first = true; scanner.element(first); first = false) {
            Slice element = new Slice();
            scanner.value(element);
            elements.add(element);
        }
        return elements;
    }

    Map<String, Status> statuses(Slice object) {
        Map<String, Status> statuses = new LinkedHashMap<>();
        object(object).forEach((name, status) -> statuses.put(name, status(status)));
        return statuses;
    }

    List<String> strings(Slice array) {
        List<String> strings = new ArrayList<>();
        begin(array);
        for (boolean first = true; scanner.element(first); first = false) {
            scanner.string(slice);
            strings.add(JsonString.decode(slice.array(), slice.from(), slice.to()));
        }
        return strings;
    }

    List<SessionToken> tokens(Slice array) {
        List<SessionToken> tokens = new ArrayList<>();
        begin(array);
        for (boolean first = true; scanner.element(first); first = false) {
            scanner.value(slice);
            tokens.add(token(slice));
        }
        return tokens;
    }

    String string(Slice text) {
        scanner.reset(text.array(), text.from(), text.to());
        scanner.string(slice);
        return JsonString.decode(slice.array(), slice.from(), slice.to());
    }

    private void begin(Slice text) {
        scanner.reset(text.array(), text.from(), text.to());
        scanner.peek();
        scanner.enter();
    }

    static SessionToken token(Slice text) {
        return new SessionToken(number(text));
    }

    static long number(Slice text) {
        return Unsigned.parse(text.array(), text.from(), text.to());
    }

    static boolean flag(Slice text) {
        return text.array()[text.from()] == 't';
    }

    /** Returns the status, or {@code UNKNOWN} if this version does not know it. */
    private static Status status(Slice text) {
        long code = number(text);
        Status status = code == (int) code ? Status.of((int) code) : null;
        return status == null ? Status.UNKNOWN : status;
    }
}
