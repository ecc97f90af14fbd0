package dev.tessera.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Layer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class OptionsTest {

    @Test
    void shouldReadClientOptionsThatWereWrittenAsJson() {
        TesseraClientOptions options = new TesseraClientOptions()
                .setTimeout(Duration.ofMillis(1500))
                .setMaxInFlight(7)
                .setMaxComputeAttempts(3);

        assertThat(options.toJson())
                .isEqualTo(new JsonObject()
                        .put("timeoutMs", 1500L)
                        .put("maxInFlight", 7)
                        .put("maxComputeAttempts", 3));
        assertThat(new TesseraClientOptions(options.toJson()))
                .usingRecursiveComparison()
                .isEqualTo(options);
        assertThat(new TesseraClientOptions(options)).usingRecursiveComparison().isEqualTo(options);
        assertThat(new TesseraClientOptions(new JsonObject()))
                .usingRecursiveComparison()
                .isEqualTo(new TesseraClientOptions());
    }

    @Test
    void shouldReadSessionOptionsThatWereWrittenAsJson() {
        SessionOptions options = new SessionOptions()
                .setShared(true)
                .setDuration(Duration.ofMinutes(2))
                .setDeleteSession(true);

        assertThat(options.toJson())
                .isEqualTo(new JsonObject()
                        .put("shared", true)
                        .put("durationSeconds", 120L)
                        .put("deleteSession", true));
        assertThat(new SessionOptions(options.toJson()))
                .usingRecursiveComparison()
                .isEqualTo(options);
        assertThat(new SessionOptions(options)).usingRecursiveComparison().isEqualTo(options);
        assertThat(new SessionOptions(new JsonObject()))
                .usingRecursiveComparison()
                .isEqualTo(new SessionOptions());
    }

    @Test
    void shouldNameTheMemberOfJsonThatHasAnotherType() {
        assertThat(new SessionOptions(new JsonObject().putNull("shared").putNull("durationSeconds")))
                .usingRecursiveComparison()
                .isEqualTo(new SessionOptions());
        assertThatThrownBy(() -> new SessionOptions(new JsonObject().put("shared", "yes")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shared must be true or false");
        assertThatThrownBy(() -> new SessionOptions(new JsonObject().put("durationSeconds", 1.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("durationSeconds must be a whole number");
        assertThatThrownBy(() -> new TesseraClientOptions(new JsonObject().put("timeoutMs", "10 s")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timeoutMs must be a whole number");
        assertThatThrownBy(() -> new TesseraClientOptions((JsonObject) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("no null JSON accepted");
    }

    @Test
    void shouldRefuseAttemptsOutOfRange() {
        assertThatThrownBy(() -> new TesseraClientOptions().setMaxComputeAttempts(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxComputeAttempts must be at least 1");
        assertThatThrownBy(() -> new TesseraClientOptions(new JsonObject().put("maxComputeAttempts", -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxComputeAttempts must be at least 1");
    }

    @Test
    void shouldRefuseTimesOutOfRange() {
        assertThatThrownBy(() -> new TesseraClientOptions().setTimeout(Duration.ofNanos(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timeout must be at least 1 ms");
        assertThatThrownBy(() -> new SessionOptions().setDuration(Duration.ofMillis(1500)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("duration must be whole seconds, and not negative");
        assertThatThrownBy(() -> new SessionOptions().setDuration(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
