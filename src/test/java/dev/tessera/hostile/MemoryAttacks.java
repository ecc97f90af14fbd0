package dev.tessera.hostile;

import static dev.tessera.testing.ClientFrames.FIN;
import static dev.tessera.testing.ClientFrames.NO_MASK;
import static dev.tessera.testing.ClientFrames.TEXT;
import static dev.tessera.testing.ClientFrames.frame;
import static dev.tessera.testing.ClientFrames.header;
import static dev.tessera.testing.ClientFrames.text;
import static dev.tessera.testing.ClientFrames.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.RawSocket;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Attacks that fill the heap: with stored data, and with messages that do not end. */
final class MemoryAttacks {

    private static final int MIB = 1024 * 1024;
    private static final int KIB = 1024;
    private static final int BLOCK = 500;

    private MemoryAttacks() {}

    static List<Attack> all() {
        return List.of(
                new Attack("keys until the server is full", MemoryAttacks::keys),
                new Attack("sessions until the server is full", MemoryAttacks::sessions),
                new Attack("255 unfinished messages of 1 MB", MemoryAttacks::unfinishedMessages),
                new Attack("600 announced messages with 65 KB each", MemoryAttacks::announcedMessages),
                new Attack("100 unfinished bodies in one HTTP/2 connection", MemoryAttacks::unfinishedStreams),
                new Attack("large answers that nobody reads", MemoryAttacks::unreadAnswers));
    }

    private static void keys(Target target) throws Exception {
        RawSocket socket = target.open();
        String token = Target.newSession(socket);
        String value = "x".repeat(900);
        String answer = "";
        for (int key = 0; !answer.contains("\"st\":205,"); key += BLOCK) {
            assertThat(key).as("keys in 128 MB").isLessThan(200_000);
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            for (int i = key; i < key + BLOCK; i++) {
                block.writeBytes(text("""
                        {"KV_SET":{"tkn":%s,"keys":{"k%d":"%s"}}}""".formatted(token, i, value)));
            }
            socket.send(block.toByteArray());
            for (int i = 0; i < BLOCK; i++) {
                answer = socket.awaitText();
            }
        }
        assertThat(socket.ask("""
                {"KV_GET":{"tkn":%s,"keys":["k7"]}}""".formatted(token))).contains(value);
        assertThat(socket.ask("""
                {"SH_END":{"tkn":%s}}""".formatted(token))).contains("\"st\":1");
    }

    private static void sessions(Target target) throws Exception {
        RawSocket socket = target.open();
        List<String> tokens = new ArrayList<>();
        String answer = "";
        while (!answer.contains("\"st\":205,")) {
            assertThat(tokens).as("sessions in 128 MB").hasSizeLessThan(2_000_000);
            socket.sendTimes(BLOCK, text("""
                    {"SH_NEW":{"name":"attacker"}}"""));
            for (int i = 0; i < BLOCK; i++) {
                answer = socket.awaitText();
                if (!answer.contains("\"st\":205,")) {
                    tokens.add(answer.replaceAll(".*\"tkn\":(\\d+).*", "$1"));
                }
            }
        }
        for (int from = 0; from < tokens.size(); from += BLOCK) {
            List<String> block = tokens.subList(from, Math.min(tokens.size(), from + BLOCK));
            ByteArrayOutputStream ends = new ByteArrayOutputStream();
            for (String token : block) {
                ends.writeBytes(text("""
                        {"SH_END":{"tkn":%s}}""".formatted(token)));
            }
            socket.send(ends.toByteArray());
            for (int i = 0; i < block.size(); i++) {
                assertThat(socket.awaitText()).contains("\"st\":1");
            }
        }
    }

    private static void unfinishedMessages(Target target) throws Exception {
        byte[] message = frame(TEXT, utf8(" ".repeat(MIB - 100)));
        for (int i = 0; i < 255; i++) {
            target.open().send(message);
        }
    }

    private static void announcedMessages(Target target) throws Exception {
        byte[] header = header(FIN | TEXT, MIB, NO_MASK);
        byte[] start = new byte[65 * KIB];
        for (int i = 0; i < 600; i++) {
            RawSocket socket = target.open();
            socket.send(header);
            socket.send(start);
        }
    }

    private static void unfinishedStreams(Target target) throws Exception {
        for (int connection = 0; connection < 10; connection++) {
            RawSocket socket = target.connect();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(Http2Frames.PREFACE);
            for (int i = 0; i < 100; i++) {
                bytes.writeBytes(Http2Frames.post(2 * i + 1, "/v1/commands"));
                bytes.writeBytes(Http2Frames.data(2 * i + 1, 500));
            }
            socket.send(bytes.toByteArray());
        }
    }

    private static void unreadAnswers(Target target) throws Exception {
        RawSocket first = target.open();
        String token = Target.newSession(first);
        assertThat(first.ask("""
                {"KV_SET":{"tkn":%s,"keys":{"big":"%s"}}}""".formatted(token, "x".repeat(500_000)))).contains("\"big\":20");
        for (int i = 0; i < 40; i++) {
            target.open().sendTimes(40, text("""
                    {"KV_GET":{"tkn":%s,"keys":["big"]}}""".formatted(token)));
        }
    }
}
