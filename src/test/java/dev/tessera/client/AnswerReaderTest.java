package dev.tessera.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tessera.impl.protocol.Messages;
import dev.tessera.protocol.Status;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The exceptions for answers that report a failure. */
@Tag(Layer.UNIT)
class AnswerReaderTest {

    @Test
    void shouldListTheKeysThatMayNotHaveBeenApplied() {
        TesseraException failure = failure("""
                        {"KV_SET_RSP":{"st":201,"m":"some partitions failed","notApplied":["green",\
                        "\\u0062lue"]}}""");

        assertThat(failure.status()).isEqualTo(Status.OUTCOME_UNKNOWN);
        assertThat(failure).hasMessage("some partitions failed");
        assertThat(failure.notApplied()).containsExactly("green", "blue");
    }

    @Test
    void shouldListNoKeysIfTheAnswerHasNone() {
        assertThat(failure("""
                {"KV_GET_RSP":{"st":100,"tkn":7,"m":"%s"}}""".formatted(Messages.NO_SESSION)).notApplied()).isEmpty();
    }

    private static TesseraException failure(String answer) {
        AnswerReader reader = new AnswerReader();
        reader.reset(answer.getBytes(UTF_8), 0, answer.length());
        return catchThrowableOfType(TesseraException.class, reader::body);
    }
}
