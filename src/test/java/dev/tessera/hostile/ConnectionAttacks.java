package dev.tessera.hostile;

import static dev.tessera.testing.ClientFrames.BINARY;
import static dev.tessera.testing.ClientFrames.FIN;
import static dev.tessera.testing.ClientFrames.NO_MASK;
import static dev.tessera.testing.ClientFrames.TEXT;
import static dev.tessera.testing.ClientFrames.frame;
import static dev.tessera.testing.ClientFrames.header;
import static dev.tessera.testing.ClientFrames.text;
import static dev.tessera.testing.ClientFrames.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.RawSocket;
import java.io.IOException;
import java.util.List;

/** Attacks with connections: silent ones, refused messages, requests that are no HTTP, and log lines at will. */
final class ConnectionAttacks {

    private ConnectionAttacks() {}

    static List<Attack> all() {
        return List.of(
                new Attack("more silent connections than descriptors", ConnectionAttacks::silentSockets),
                new Attack("5,100 refused messages, read all the time", ConnectionAttacks::refusedMessages),
                new Attack("frames that drip", ConnectionAttacks::drip),
                new Attack("bad framing and smuggled requests", ConnectionAttacks::badFraming),
                new Attack("handshakes after unanswered requests", ConnectionAttacks::pipelinedHandshakes),
                new Attack("requests that try to fill the log", ConnectionAttacks::logLines),
                new Attack("foreign names of the server", ConnectionAttacks::foreignHosts));
    }

    private static void silentSockets(Target target) throws Exception {
        for (int i = 0; i < HostileIT.DESCRIPTORS_MAX + 200; i++) {
            try {
                target.connect();
            } catch (IOException refused) {
                // The server may refuse any of them.
                assertThat(refused).isNotNull();
            }
        }
    }

    private static void refusedMessages(Target target) throws Exception {
        RawSocket socket = target.open();
        for (String refused : List.of("no JSON", """
                {"KV_GET":{"tkn":"a","keys":["b"]}}""")) {
            Thread writer = writing(() -> socket.sendTimes(1700, text(refused)));
            for (int i = 0; i < 1700; i++) {
                assertThat(socket.awaitText()).contains("\"st\":");
            }
            writer.join();
        }
        Thread writer = writing(() -> socket.sendTimes(1700, frame(FIN | BINARY, utf8("binary"))));
        for (int i = 0; i < 1700; i++) {
            assertThat(socket.awaitText()).contains("\"st\":2,");
        }
        writer.join();
    }

    /** A step that writes. */
    private interface Write {
        void run() throws IOException;
    }

    private static Thread writing(Write write) {
        Thread writer = new Thread(() -> {
            try {
                write.run();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        writer.start();
        return writer;
    }

    private static void drip(Target target) throws Exception {
        for (int i = 0; i < 200; i++) {
            RawSocket socket = target.open();
            socket.send(header(FIN | TEXT, 1_000_000, NO_MASK));
            for (int octet = 0; octet < 20; octet++) {
                socket.send(utf8(" "));
            }
        }
    }

    private static void badFraming(Target target) throws Exception {
        String smuggled = """
                GET /openapi.json HTTP/1.1\r
                Host: 127.0.0.1\r
                \r
                """;
        for (String headers : List.of(
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: gzip, chunked",
                "Content-Length: 0\r\nContent-Length: 5",
                "Host: localhost")) {
            RawSocket socket = target.connect();
            socket.send(utf8("""
                    POST /v1/commands HTTP/1.1\r
                    Host: 127.0.0.1\r
                    Content-Type: application/json\r
                    %s\r
                    \r
                    0\r
                    \r
                    %s""".formatted(headers, smuggled)));
            String answer = socket.readToEnd();
            assertThat(answer).as(headers).startsWith("HTTP/1.1 400 ").doesNotContain("openapi");
        }
    }

    private static void pipelinedHandshakes(Target target) throws Exception {
        for (int i = 0; i < 50; i++) {
            RawSocket socket = target.connect();
            socket.send(utf8("""
                    GET /openapi.json HTTP/1.1\r
                    Host: 127.0.0.1\r
                    \r
                    """));
            socket.send(RawSocket.handshake());
            assertThat(socket.readHead()).startsWith("HTTP/1.1 200 ");
        }
    }

    private static void logLines(Target target) throws Exception {
        RawSocket socket = target.open();
        for (int i = 0; i < 20; i++) {
            socket.sendTimes(100, text("""
                    {"SH_LOAD":{"name":"none"}}"""));
            for (int answer = 0; answer < 100; answer++) {
                assertThat(socket.awaitText()).startsWith("""
                        {"SH_LOAD_RSP":{""");
            }
        }
        for (String request : List.of(
                "OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                "CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n",
                "GET foo HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "nonsense\r\n\r\n")) {
            for (int i = 0; i < 100; i++) {
                try (RawSocket one = target.connect()) {
                    one.send(utf8(request.repeat(20)));
                } catch (IOException closed) {
                    assertThat(closed).isNotNull();
                }
            }
        }
    }

    private static void foreignHosts(Target target) throws Exception {
        for (int i = 0; i < 100; i++) {
            RawSocket socket = target.connect();
            socket.send(utf8("""
                    GET /openapi.json HTTP/1.1\r
                    Host: rebound.example\r
                    \r
                    """));
            assertThat(socket.readHead()).startsWith("HTTP/1.1 421 ");
        }
    }
}
