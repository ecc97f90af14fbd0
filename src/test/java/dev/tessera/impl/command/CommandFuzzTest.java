package dev.tessera.impl.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tessera.impl.session.Expiry;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import dev.tessera.testing.RandomJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Checks that every message ends in one of three ways: an answer that is JSON, the silence of a command that may be
 * silent, or the exception for text that is not UTF-8. The JDK's decoder must refuse exactly the same texts.
 */
@Tag(Layer.MODEL)
class CommandFuzzTest {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String[] BODY_NAMES = {
        "tkn", "keys", "name", "shared", "expiry", "tkns", "key", "\\u0074kn", "k\\u0065ys", "x"
    };
    private static final String[] TOKENS = {
        "1", "2", "3", "4", "9", "18446744073709551615", "1.0", "-1", "\"1\"", "null", "18446744073709551616"
    };
    private static final String STRUCTURE = "{}[]\",:\\u01e.-tkn ";

    private final CommandRunner runner = new CommandRunner()
            .session(1)
            .session(2, new Expiry(60, true))
            .session(3, new Expiry(60, false))
            .session(-1);

    @Test
    void shouldAnswerRandomBytes() throws IOException {
        long seed = 600L;
        Random random = new Random(seed);
        for (int i = 0; i < 30_000; i++) {
            byte[] message = new byte[random.nextInt(40)];
            random.nextBytes(message);
            for (int at = 0; at < message.length; at++) {
                if (random.nextInt(4) != 0) {
                    message[at] = (byte) STRUCTURE.charAt(random.nextInt(STRUCTURE.length()));
                }
            }
            assertAnswered(message, "seed " + seed + ", message " + i);
        }
    }

    @Test
    void shouldAnswerRandomCommands() throws IOException {
        long seed = 601L;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            runner.advanceMs(random.nextInt(2_000));
            assertAnswered(command(random).getBytes(UTF_8), "seed " + seed + ", message " + i);
        }
    }

    @Test
    void shouldKeepTheMeaningOfTheTextThatWasDecoded() throws Exception {
        long seed = 603L;
        Random random = new Random(seed);
        CommandRunner again = new CommandRunner()
                .session(1)
                .session(2, new Expiry(60, true))
                .session(3, new Expiry(60, false))
                .session(-1);
        for (int i = 0; i < 20_000; i++) {
            byte[] message = command(random).getBytes(UTF_8);
            Request decoded = again.decode(message.clone());
            byte[] answer = again.run(decoded.text().copy());
            assertThat(new String(answer, UTF_8))
                    .as("seed %d, message %d", seed, i)
                    .isEqualTo(new String(runner.run(message), UTF_8));
        }
    }

    @Test
    void shouldAnswerMutatedCommands() throws IOException {
        long seed = 602L;
        Random random = new Random(seed);
        for (int i = 0; i < 40_000; i++) {
            byte[] message = command(random).getBytes(UTF_8);
            for (int mutations = 1 + random.nextInt(3); mutations > 0; mutations--) {
                int at = random.nextInt(message.length);
                switch (random.nextInt(4)) {
                    case 0 -> message[at] = (byte) random.nextInt(256);
                    case 1 -> message[at] = (byte) STRUCTURE.charAt(random.nextInt(STRUCTURE.length()));
                    case 2 -> message = Arrays.copyOf(message, Math.max(1, at));
                    default -> {
                        byte[] shorter = Arrays.copyOf(message, Math.max(1, message.length - 1));
                        System.arraycopy(
                                message,
                                at,
                                shorter,
                                Math.max(0, at - 1),
                                Math.min(message.length - at, shorter.length - Math.max(0, at - 1)));
                        message = shorter;
                    }
                }
            }
            assertAnswered(message, "seed " + seed + ", message " + i);
        }
    }

    private static String command(Random random) {
        RandomJson json = new RandomJson(random);
        String name = random.nextInt(20) == 0
                ? json.string()
                : "\""
                        + CommandRunner.COMMANDS
                                .get(random.nextInt(CommandRunner.COMMANDS.size()))
                                .name() + "\"";
        var body = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            body.append('"')
                    .append(BODY_NAMES[random.nextInt(BODY_NAMES.length)])
                    .append('"')
                    .append(json.space())
                    .append(':')
                    .append(json.value(3))
                    .append(',');
        }
        if (random.nextInt(4) != 0) {
            body.append("\"keys\":")
                    .append(random.nextBoolean() ? keysObject(random, json) : keysArray(random, json))
                    .append(',');
        }
        if (random.nextInt(4) != 0) {
            body.append("\"name\":")
                    .append(json.string())
                    .append(",\"tkns\":")
                    .append(tokens(random))
                    .append(',');
        }
        if (random.nextInt(6) == 0) {
            body.append("""
                    "expiry":{"duration":""")
                    .append(random.nextInt(20))
                    .append(",\"deleteSession\":")
                    .append(random.nextBoolean())
                    .append("},");
        }
        body.append("\"tkn\":").append(TOKENS[random.nextInt(random.nextInt(4) == 0 ? TOKENS.length : 5)]);
        return json.space() + "{" + json.space() + name + ":" + json.space() + "{" + body + "}" + json.space() + "}";
    }

    private static String keysObject(Random random, RandomJson json) {
        var keys = new StringBuilder();
        for (int i = random.nextInt(15); i >= 0; i--) {
            keys.append(keys.length() == 0 ? "" : ",")
                    .append(json.spell("k" + random.nextInt(12)))
                    .append(':')
                    .append(json.value(2));
        }
        return "{" + keys + "}";
    }

    private static String keysArray(Random random, RandomJson json) {
        var keys = new StringBuilder();
        for (int i = random.nextInt(15); i >= 0; i--) {
            keys.append(keys.length() == 0 ? "" : ",")
                    .append(random.nextInt(6) == 0 ? json.value(2) : json.spell("k" + random.nextInt(12)));
        }
        return "[" + keys + "]";
    }

    private static String tokens(Random random) {
        var tokens = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            tokens.append(tokens.length() == 0 ? "" : ",").append(TOKENS[random.nextInt(TOKENS.length)]);
        }
        return "[" + tokens + "]";
    }

    private void assertAnswered(byte[] message, String when) throws IOException {
        String described = when + ": " + new String(message, UTF_8) + " = "
                + HexFormat.of().formatHex(message);
        boolean wellFormed = isWellFormed(message);
        byte[] answer;
        try {
            answer = runner.run(message.clone());
        } catch (IllFormedTextException e) {
            assertThat(wellFormed).as(described).isFalse();
            return;
        } catch (RuntimeException e) {
            throw new AssertionError(described, e);
        }
        assertThat(wellFormed).as(described).isTrue();
        if (answer.length == 0) {
            JsonNode sent = JSON.readTree(message);
            assertThat(sent.fieldNames().next()).as(described).isIn("KV_SETQ", "KV_ADDQ");
            return;
        }
        JsonNode tree;
        try {
            assertThat(isWellFormed(answer)).as(described).isTrue();
            tree = JSON.readTree(answer);
        } catch (IOException e) {
            throw new AssertionError(described + " gave " + new String(answer, UTF_8), e);
        }
        assertThat(tree.isObject() && tree.size() == 1 && tree.elements().next().isObject())
                .as(described)
                .isTrue();
        String name = tree.fieldNames().next();
        assertThat(name.equals("ERR") || name.endsWith("_RSP")).as(described).isTrue();
        if (name.equals("ERR")) {
            assertThat(tree.get("ERR").get("st").asInt()).as(described).isIn(3, 11, 13);
        } else {
            assertThat(tree.get(name).path("st").asInt()).as(described).isNotEqualTo(1000);
        }
    }

    private static boolean isWellFormed(byte[] text) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
