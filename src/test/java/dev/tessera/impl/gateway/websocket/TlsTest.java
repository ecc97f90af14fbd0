package dev.tessera.impl.gateway.websocket;

import static dev.tessera.testing.ClientFrames.bytes;
import static dev.tessera.testing.ClientFrames.close;
import static dev.tessera.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import dev.tessera.testing.RawSocket;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.junit5.VertxExtension;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections with TLS: the bytes come through another handler, and ending one side takes more than the socket. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class TlsTest {

    private static final String PASSWORD = "of a test";

    @TempDir
    static Path dir;

    private static Path keys;
    private static SSLContext trusting;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = dir.resolve("keys.p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        trusting = SSLContext.getInstance("TLS");
        trusting.init(null, trust.getTrustManagers(), null);
    }

    private static TestServer serve(Vertx vertx, FrameCode code) {
        HttpServerOptions http = new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(new PfxOptions().setPath(keys.toString()).setPassword(PASSWORD));
        return TestServer.start(
                vertx, WebSocketOptions.defaults().withFrameCode(code).withCloseTimeoutMs(600_000), http, Peer::echo);
    }

    private static RawSocket connect(TestServer server) throws Exception {
        return RawSocket.of(trusting.getSocketFactory().createSocket("127.0.0.1", server.port()));
    }

    @ParameterizedTest
    @EnumSource
    void shouldSpeakOverTls(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serve(vertx, code);
                RawSocket client = connect(server)) {
            client.send(RawSocket.handshake(), text("early"));
            client.readHandshake();
            assertThat(client.readText()).isEqualTo("early");
            String large = "l".repeat(300_000);
            client.send(text(large), close(1000, ""));

            assertThat(client.readText()).isEqualTo(large);
            assertThat(client.readFrame().closeStatus()).isEqualTo(1000);
            assertThat(client.isAtEnd()).isTrue();
            server.accepted().await(Peer.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldShowItsEndAfterAViolation(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serve(vertx, code);
                RawSocket client = connect(server).shakeHands()) {
            client.send(text("right"), bytes(0x81, 0x01, 'a'), new byte[1_000_000]);

            assertThat(client.readText()).isEqualTo("right");
            assertThat(client.readFrame().closeStatus()).isEqualTo(1002);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAbortAPeerThatDoesNotRead(FrameCode code, Vertx vertx) throws Exception {
        try (TestServer server = serve(vertx, code);
                RawSocket client = connect(server).shakeHands()) {
            Peer peer = server.accepted();
            while (peer.isWritable()) {
                peer.run(link -> {
                    Peer.write(link, "w".repeat(1_000_000));
                    link.flush();
                });
            }
            peer.run(WebSocketLink::abort);

            peer.await(Peer.CLOSED);
            assertThat(client).isNotNull();
        }
    }
}
