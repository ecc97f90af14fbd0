package dev.tessera.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tessera.impl.json.Slice;
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

    @Test
    void shouldReadTheDeepestValueInABatch() {
        String value = "[".repeat(JsonText.DEPTH_MAX) + "]".repeat(JsonText.DEPTH_MAX);
        AnswerReader reader = reader("""
                {"KV_BATCH_RSP":{"st":1,"rsps":[{"KV_GET_RSP":{"keys":{"a":%s}}}],"rev":7}}""".formatted(value));

        Slice part = reader.elements(reader.member("rsps")).get(0);
        reader.reset(part.array(), part.from(), part.to());

        assertThat(reader.values(reader.member("keys")).get("a")).hasToString(value);
    }

    @Test
    void shouldReadTheIndexesOfAFailure() {
        TesseraException conflict = failure("""
                {"KV_BATCH_RSP":{"st":206,"m":"differs","op":2,"at":1}}""");
        TesseraException refusal = failure("""
                {"KV_PATCH_RSP":{"st":5,"m":"no place","op":0}}""");

        assertThat(conflict).isInstanceOf(ConflictException.class);
        assertThat(conflict.operationIndex()).hasValue(2);
        assertThat(conflict.batchIndex()).hasValue(1);
        assertThat(refusal).isNotInstanceOf(ConflictException.class);
        assertThat(refusal.operationIndex()).hasValue(0);
        assertThat(refusal.batchIndex()).isEmpty();
    }

    private static TesseraException failure(String answer) {
        return catchThrowableOfType(TesseraException.class, reader(answer)::body);
    }

    private static AnswerReader reader(String answer) {
        AnswerReader reader = new AnswerReader();
        reader.reset(answer.getBytes(UTF_8), 0, answer.length());
        return reader;
    }
}
