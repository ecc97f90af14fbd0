package dev.tessera.impl.journal.change;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Command;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.impl.command.SearchLimits;
import dev.tessera.impl.command.TokenSource;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.routing.RequestRouter;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.session.KeyOrder;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import dev.tessera.testing.OnePartition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a command never records more than it announces before, because the journal relies on that bound. */
@Tag(Layer.UNIT)
class ChangeBoundTest {

    private final ChangeWriter writer = new ChangeWriter();
    private final Partition partition = new Partition(writer);
    private final JsonWriter out = new JsonWriter();
    private final Answer answer = new Answer(out);

    private final Partitions partitions = new OnePartition(partition, writer);

    private final TokenSource tokens = new TokenSource() {
        @Override
        public long random() {
            return 1;
        }

        @Override
        public long shared(byte[] name) {
            return name.length;
        }

        @Override
        public long ofKey(byte[] text, int from, int to) {
            return (long) to - from;
        }

        @Override
        public KeyOrder keyOrder() {
            return KeyOrder.random();
        }
    };

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldHoldForRandomCommands(boolean sessions) throws Exception {
        List<Command> all = CommandRunner.commands(new SearchLimits(1000, 1000, 1000, 1000, 64, 1000, 20));
        Commands commands = sessions ? Commands.of(all, Set.of()) : Commands.withoutSessions(all, Set.of());
        RequestDecoder decoder = new RequestDecoder(commands, 64);
        RequestRouter router = new RequestRouter(new StoreMap(1, 1), tokens);
        Random random = new Random(5);
        long nowMs = CommandRunner.NOW_MS;
        int changes = 0;
        for (int i = 0; i < 20_000; i++) {
            nowMs += random.nextInt(20) == 0 ? 500 : 0;
            byte[] message = message(random, sessions).getBytes(UTF_8);
            Request request = decoder.decode(message, 0, message.length);
            if (request.fault() != null) {
                continue;
            }
            router.route(request);
            long bound = request.command().changeBytesMax(request, partitions);
            request.command().execute(request, partitions, nowMs, answer);
            writer.commandEnd();
            out.take(0);
            if (writer.size() > 0) {
                changes++;
                int written = writer.size();
                writer.take(0);
                // Any command that finds an expired session records the expiry, which is small.
                assertThat((long) written).as(new String(message, UTF_8)).isLessThanOrEqualTo(Math.max(bound, 64));
            }
        }
        assertThat(changes).isGreaterThan(3_000);
    }

    private static String message(Random random, boolean sessions) {
        String token = sessions ? "\"tkn\":" + (1 + random.nextInt(3)) : "";
        String comma = sessions ? "," : "";
        String entries = """
                "keys":{"%s":%s,"%s":%s}\
                %s""".formatted(key(random), value(random), key(random), value(random), ttl(random));
        return switch (random.nextInt(25)) {
            case 0 -> """
                        {"SH_NEW":{"name":"%s","shared":true,"expiry":{"duration":2,"deleteSession":%s\
                        }}}""".formatted("n".repeat(1 + random.nextInt(3)), random.nextBoolean());
            case 1 -> random.nextInt(8) == 0 ? "{\"SH_END_ALL\":{}}" : "{\"SH_END\":{" + token + "}}";
            case 2 -> "{\"KV_CLEAR\":{" + token + "}}";
            case 3 -> "{\"KV_CLEAR_SET\":{" + token + comma + entries + "}}";
            case 4, 5 -> """
                        {"KV_RMV":{%s%s"keys":["%s","%s"]}}""".formatted(token, comma, key(random), key(random));
            case 6 -> "{\"KV_ADD\":{" + token + comma + entries + "}}";
            case 7 -> "{\"KV_ADDQ\":{" + token + comma + entries + "}}";
            case 8 -> "{\"KV_SETQ\":{" + token + comma + entries + "}}";
            case 9 -> """
                        {"KV_UPDATE":{%s%s"key":"%s","path":"$","value":%s}}""".formatted(token, comma, key(random), value(random));
            case 11 -> """
                        {"SH_EXPIRE":{%s%s"expiry":{"duration":%d,"deleteSession":%s}}}""".formatted(token, comma, random.nextInt(4), random.nextBoolean());
            case 12, 13, 14 -> """
                        {"KV_EXPIRE":{%s%s"keys":["%s","%s"],"ttl":0.%d}}""".formatted(token, comma, key(random), key(random), random.nextInt(1000));
            case 10 -> "{\"KV_COUNT\":{" + token + "}}";
            case 15 -> "{\"KV_MERGE\":{" + token + comma + entries + "}}";
            case 16 -> """
                        {"KV_INCR":{%s%s"keys":{"%s":1e18}}}""".formatted(token, comma, key(random));
            case 17 -> """
                        {"KV_APPEND":{%s%s"keys":{"%s":[%s]},"path":"$.a"}}""".formatted(token, comma, key(random), value(random));
            case 18 -> """
                        {"KV_PATCH":{%s%s"key":"%s","ops":[{"op":"copy","from":"/a","path":"/b"}]}}""".formatted(token, comma, key(random));
            case 19, 20 -> sessions ? batch(random, token) : "{\"KV_COUNT\":{}}";
            default -> "{\"KV_SET\":{" + token + comma + entries + "}}";
        };
    }

    private static String ttl(Random random) {
        return random.nextInt(3) == 0 ? ",\"ttl\":0.%d".formatted(1 + random.nextInt(900)) : "";
    }

    private static String batch(Random random, String token) {
        List<String> commands = new ArrayList<>();
        for (int count = 1 + random.nextInt(6); commands.size() < count; ) {
            String command = message(random, false);
            if (command.startsWith("{\"KV_")) {
                commands.add(command);
            }
        }
        return "{\"KV_BATCH\":{" + token + ",\"cmds\":[" + String.join(",", commands) + "]}}";
    }

    private static String key(Random random) {
        byte[] key = new byte[random.nextInt(4)];
        Arrays.fill(key, (byte) ('a' + random.nextInt(3)));
        String name = new String(key, UTF_8);
        // A long key that expires and is set again is twice in one record.
        return name.length() == 1 ? name.repeat(400) : name;
    }

    private static String value(Random random) {
        return random.nextInt(3) == 0 ? "\"" + "v".repeat(random.nextInt(500)) + '"' : "1";
    }
}
