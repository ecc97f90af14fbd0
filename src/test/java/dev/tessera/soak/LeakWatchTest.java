package dev.tessera.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import io.netty.buffer.ByteBufAllocator;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class LeakWatchTest {

    @Test
    void shouldFindALeakedBuffer(Vertx vertx) throws Exception {
        String hint = "forgotten by a test: " + UUID.randomUUID();
        try (LeakWatch watch = new LeakWatch(vertx)) {
            LeakWatch.leak(hint);

            assertThat(watch.leaks()).singleElement().asString().contains(hint);
        }
    }

    @Test
    void shouldFindNothingWhereAllIsReleased(Vertx vertx) throws Exception {
        try (LeakWatch watch = new LeakWatch(vertx)) {
            ByteBufAllocator.DEFAULT.directBuffer(1).release();

            assertThat(watch.leaks()).isEmpty();
        }
    }
}
