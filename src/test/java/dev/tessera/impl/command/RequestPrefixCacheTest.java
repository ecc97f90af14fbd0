package dev.tessera.impl.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.command.parameter.Entries;
import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compares a decoder whose cache contains the prefix of a message with a decoder whose cache is empty. */
@Tag(Layer.UNIT)
class RequestPrefixCacheTest {

    private static final int DEPTH_MAX = 8;
    private static final Commands COMMANDS = Commands.of(CommandRunner.COMMANDS, Set.of("KV_CLEAR_SET"));

    private static final String[] BEGINNINGS = {
        """
                {"KV_SET":{"tkn":10838139838302738599,"keys":""",
        """
                {"KV_SET":{"tkn":10838139838302738598,"keys":""",
        """
                {"KV_GET":{"tkn":10838139838302738599,"keys":""",
        """
                {"KV_GET":{"keys":""",
        """
                {"KV_SET":{"tkn":1,"keys":""",
        """
                {"KV_SET":{"tkn":18446744073709551616,"keys":""",
        """
                {"KV_SET":{"tkn":null,"keys":""",
        """
                {"KV_SET":{"tkn":01,"keys":""",
        """
                {"KV_S\\u0045T":{"tkn":12345678,"keys":""",
        """
                {"KV_SET":{"t\\u006bn":12345678,"keys":""",
        """
                {"KV_SET":{"tkn":12345678,"k\\u0065ys":""",
        """
                {"KV_SET":{"x":[1,{"y":"}"}],"tkn":1234,"keys":""",
        """
                {"KV_SET":{"x":"\\"","tkn":1234,"keys":""",
        " " + """
                {"KV_SET" : {"tkn" : 5 ,\t"keys"\n:""",
        """
                {"KV_SET":{"tkn":10838139838302738599,"rid":1,"keys":""",
        """
                {"KV_SET":{"rid":"a","tkn":10838139838302738599,"keys":""",
        """
                {"KV_SET":{"tkn":10838139838302738599,"rid":null,"keys":""",
        """
                {"KV_SET":{"tkn":10838139838302738599,"if":{"a":1},"keys":""",
        """
                {"KV_SET":{"tkn":10838139838302738599,"revs":true,"keys":""",
        """
                {"KV_GET":{"tkn":10838139838302738599,"if":{"a":1},"keys":""",
        """
                {"SH_NEW":{"name":""",
        """
                {"KV_UPDATE":{"tkn":12345678,"key":""",
        """
                {"KV_CLEAR_SET":{"tkn":12345678,"keys":""",
        """
                {"NO_SUCH":{"tkn":12345678,"keys":""",
        """
                {"KV_SET":{"tkn":12345678,"keys":{},"keys":""",
        """
                {"KV_SET":{"%s":1,"tkn":12345678,"keys":""".formatted("x".repeat(200)),
        """
                {"KV_SET":{"tkn":"\u00e9\ud83d\ude00","keys":"""
    };

    private static final String[] ENDS = {
        "{\"a\":1}}}",
        """
                {"a":1},"tkn":99999}}""",
        """
                {"a":1},"tkn":"x"}}""",
        """
                {"a":1},"rid":"\\u0061"}}""",
        """
                {"a":1},"rid":2.5}}""",
        """
                {"a":1},"if":{"\\u0061":1},"revs":true}}""",
        """
                {"a":1},"if":{"a":-1}}}""",
        """
                {"a":1},"revs":null}}""",
        "[\"a\"]}}",
        """
                ["a","b"],"keys":["c"]}}""",
        "{\"a\":1}}",
        """
                {"a":1}},"X":1}""",
        "{\"a\":1}}} ",
        "{\"a\":1}}}x",
        "",
        " ",
        "{}}}",
        "5}}",
        " { \"a\" : 1 } } }",
        "{\"a\":[[[[[]]]]]}}}",
        "{\"a\":[[[[[[]]]]]]}}}",
        """
                {"\\u0061":1,"b":"\\n"}}}""",
        "\"name\"}}",
        "\"\\u00e9\\u0000\",\"path\":\"$\",\"value\":1}}",
        "{\"a\":x}}}",
        """
                {"a":"\u00e9"}}}""",
        "{\"a\":1}]}",
        "{\"a\":1}]",
        """
                {"a":1,"a":2}}}"""
    };

    private final RequestDecoder decoder = new RequestDecoder(COMMANDS, DEPTH_MAX);

    @Test
    void shouldDecodeAsIfNothingWereKnown() {
        long seed = 610L;
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            String message = BEGINNINGS[random.nextInt(BEGINNINGS.length)] + ENDS[random.nextInt(ENDS.length)];
            int cut = random.nextInt(4) == 0 ? random.nextInt(message.length() + 1) : message.length();
            byte[] text = message.substring(0, cut).getBytes(UTF_8);
            if (random.nextInt(8) == 0 && text.length > 0) {
                text[random.nextInt(text.length)] = (byte) random.nextInt(256);
            }
            int padding = random.nextInt(3);

            String decoded = decode(decoder, text, padding);

            assertThat(decoded)
                    .as("seed %d, message %d: %s", seed, i, new String(text, ISO_8859_1))
                    .isEqualTo(decode(new RequestDecoder(COMMANDS, DEPTH_MAX), text, padding));
        }
    }

    @Test
    void shouldKeepNothingOfAMessageThatItGoesOnToChange() {
        String rest = "{\"a\":1}}}";
        for (String escaped : new String[] {"""
                    {"KV_S\\u0045T":{"tkn":12345678,"keys":""", """
                    {"KV_SET":{"tkn":12345678,"k\\u0065ys":"""}) {
            byte[] text = (escaped + rest).getBytes(UTF_8);
            String first = decode(decoder, text, 0);

            assertThat(first).contains("KV_SET", "a=1").isEqualTo(decode(decoder, text, 0));
        }
    }

    private static String decode(RequestDecoder decoder, byte[] message, int padding) {
        byte[] text = new byte[message.length + 2 * padding];
        Arrays.fill(text, (byte) '}');
        System.arraycopy(message, 0, text, padding, message.length);
        try {
            return describe(decoder.decode(text, padding, padding + message.length));
        } catch (IllFormedTextException e) {
            return "ill-formed";
        }
    }

    private static String describe(Request request) {
        String name = request.name() == null ? null : new String(request.name(), UTF_8);
        String described = name + " " + request.fault() + " "
                + (request.hasToken() ? Long.toUnsignedString(request.token()) : "no token");
        RequestOptions options = request.options();
        if (options != null) {
            described += " rid " + options.requestId() + " if " + describe((Object) options.conditions()) + " revs "
                    + options.wantsRevisions();
        }
        if (request.fault() != null) {
            return described;
        }
        List<String> values = new ArrayList<>();
        for (Parameter<?> parameter : request.command().parameters()) {
            values.add(parameter.name() + ": " + describe((Object) request.get(parameter)));
        }
        return described + " " + values;
    }

    private static String describe(@Nullable Object value) {
        if (value instanceof Keys keys) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < keys.size(); i++) {
                all.append(slice(keys.text(), keys.from(i), keys.to(i)));
                if (keys instanceof Entries entries) {
                    all.append('=').append(slice(keys.text(), entries.valueFrom(i), entries.valueTo(i)));
                }
                all.append(' ');
            }
            return all.toString();
        }
        return value instanceof byte[] bytes
                ? new String(bytes, UTF_8)
                : value == null ? "absent" : value.getClass().getSimpleName();
    }

    private static String slice(byte[] text, int from, int to) {
        return new String(text, from, to - from, ISO_8859_1);
    }
}
