package dev.tessera.impl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.routing.KeyedTokens;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.server.ServerOptions;
import dev.tessera.impl.server.TesseraCommands;
import dev.tessera.impl.work.Requester;
import dev.tessera.testing.Await;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestGateway;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class SaveOfGoneClientTest {

    private static final String SAVE = """
            {"SH_SAVE":{"name":"s"}}""";

    @TempDir
    private Path directory;

    @Test
    @ExpectLog(from = Transfers.class, level = Level.WARN, message = "Saving 's' failed: .* has left")
    @ExpectLog(from = TransferVerticle.class, level = Level.WARN, message = "Loading 's' failed")
    void shouldEndASaveWithItsClientAndNotLoadIt(Vertx vertx) throws Exception {
        Configuration configuration = Configuration.defaults()
                .with(Settings.EVENT_LOOPS, 1)
                .with(Settings.SAVE_ENABLED, true)
                .with(Settings.SAVE_PATH, Optional.of(directory));
        try (TestServer server = TestServer.start(vertx, configuration);
                TextSocket socket = server.connect()) {
            TestGateway gateway = new TestGateway(
                    "test.gateway",
                    new StoreMap(configuration.get(Settings.PARTITIONS), 1),
                    TesseraCommands.of(ServerOptions.commands(configuration)),
                    new KeyedTokens(new byte[32]));
            Await.result(vertx.deployVerticle(gateway));
            Requester gone = new Requester();
            gone.leave();

            assertThat(Await.result(gateway.send(List.of(SAVE), 1, gone))
                            .texts()
                            .get(0))
                    .contains(TransferMessages.CLIENT_GONE);
            assertThat(socket.ask("""
                    {"SH_LOAD":{"name":"s"}}""")).contains("\"st\":142");
            assertThat(Await.result(gateway.send(List.of(SAVE), 1)).texts().get(0))
                    .as("a save of a client that stays")
                    .contains("\"st\":121");
        }
    }
}
