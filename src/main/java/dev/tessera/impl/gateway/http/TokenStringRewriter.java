package dev.tessera.impl.gateway.http;

import dev.tessera.impl.json.JsonException;
import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.JsonString;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.json.Unsigned;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A rewriter of tokens to strings of digits and back, for clients whose numbers end at 2^53. It works on the bytes, and
 * only at the places of tokens in the protocol, so that values do not change:
 *
 * <pre>
 *   {"&lt;COMMAND&gt;":{"tkn":"123", "tkns":["123", ...]}}                          a command
 *   {"&lt;COMMAND&gt;_RSP":{"tkn":123, "exist":[123, ...], "notExist":[123, ...]}}  an answer
 * </pre>
 *
 * <p>Thread: one at a time.
 */
public final class TokenStringRewriter {

    private static final byte[] TKN = ascii("tkn");
    private static final byte[] TKNS = ascii("tkns");
    /** The levels that an answer may have around a value beyond those of a command. */
    private static final int DEPTH_MARGIN = 8;

    private static final List<byte[]> ANSWER_ARRAYS = List.of(ascii("exist"), ascii("notExist"));
    private static final int CAPACITY_KEPT_BYTES = 4096;

    private final JsonScanner scanner;
    private final Slice name = new Slice();
    private final Slice value = new Slice();
    private final JsonWriter out = new JsonWriter();

    /**
     * Creates a rewriter for many texts.
     *
     * @param depthMax the limit of nesting of a message
     */
    TokenStringRewriter(int depthMax) {
        this.scanner = new JsonScanner(depthMax + DEPTH_MARGIN);
    }

    /**
     * Makes the tokens of a command numbers, in place. Their quotes become white space, so that every byte keeps its
     * position. Leaves a text that is no command for the decoder to refuse.
     */
    public void acceptIn(byte[] text, int from, int to) {
        scanner.reset(text, from, to);
        try {
            if (scanner.peek() == '{') {
                scanner.enter();
                if (scanner.memberAsItStands(true, name) && scanner.peek() == '{') {
                    acceptInBody(text);
                }
            }
        } catch (JsonException e) {
            // The decoder finds the same fault and names its position.
            return;
        }
    }

    private void acceptInBody(byte[] text) {
        scanner.enter();
        for (boolean first = true; scanner.memberAsItStands(first, name); first = false) {
            byte kind = scanner.peek();
            if (kind == '"' && is(TKN)) {
                scanner.value(value);
                unquote(text);
            } else if (kind == '[' && is(TKNS)) {
                scanner.enter();
                for (boolean firstElement = true; scanner.element(firstElement); firstElement = false) {
                    scanner.value(value);
                    unquote(text);
                }
            } else {
                scanner.skipValue();
            }
        }
    }

    private void unquote(byte[] text) {
        if (text[value.from()] == '"' && Unsigned.isUnsigned(text, value.from() + 1, value.to() - 1)) {
            text[value.from()] = ' ';
            text[value.to() - 1] = ' ';
        }
    }

    /** Returns an answer with strings in the place of its tokens. */
    public byte[] quoteIn(byte[] answer) {
        scanner.reset(answer, 0, answer.length);
        scanner.enter();
        scanner.memberAsItStands(true, name);
        scanner.enter();
        int copied = 0;
        for (boolean first = true; scanner.memberAsItStands(first, name); first = false) {
            byte kind = scanner.peek();
            if (kind == '[' && ANSWER_ARRAYS.stream().anyMatch(this::is)) {
                scanner.enter();
                for (boolean firstElement = true; scanner.element(firstElement); firstElement = false) {
                    scanner.value(value);
                    copied = quote(answer, copied);
                }
            } else {
                scanner.value(value);
                if (is(TKN) && Unsigned.isUnsigned(answer, value.from(), value.to())) {
                    copied = quote(answer, copied);
                }
            }
        }
        return out.raw(answer, copied, answer.length).take(CAPACITY_KEPT_BYTES);
    }

    /** Writes the bytes before the token and the token; returns the index after it. */
    private int quote(byte[] answer, int copied) {
        out.raw(answer, copied, value.from()).quoted(answer, value.from(), value.to());
        return value.to();
    }

    /** Returns whether the member has this name, in any spelling. */
    private boolean is(byte[] wanted) {
        if (name.contentEquals(wanted)) {
            return true;
        }
        byte[] copy = name.copy();
        int end = JsonString.canonicalize(copy, 0, copy.length);
        return Arrays.equals(copy, 0, end, wanted, 0, wanted.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
