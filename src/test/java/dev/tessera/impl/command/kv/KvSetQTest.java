package dev.tessera.impl.command.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.protocol.Messages;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class KvSetQTest {

    private final CommandRunner runner = new CommandRunner().session(7);

    @Test
    void shouldStoreInSilence() {
        assertThat(runner.run("""
                {"KV_SETQ":{"tkn":7,"keys":{"a":1,"b":2}}}""")).isEmpty();
        assertThat(runner.run("""
                {"KV_SETQ":{"tkn":7,"keys":{"a":3}}}""")).isEmpty();
        assertThat(runner.run("""
                {"KV_GET":{"tkn":7,"keys":["a","b"]}}""")).isEqualTo("""
                        {"KV_GET_RSP":{"tkn":7,"keys":{"a":3,"b":2}}}""");
    }

    @Test
    void shouldAnswerIfItFails() {
        assertThat(runner.run("""
                {"KV_SETQ":{"tkn":7,"keys":{}}}""")).isEqualTo("""
                        {"KV_SETQ_RSP":{"st":42,"tkn":7,"m":"%s"}}""".formatted(Messages.empty("keys")));
        assertThat(runner.run("""
                {"KV_SETQ":{"tkn":7}}""")).isEqualTo("""
                        {"KV_SETQ_RSP":{"st":26,"tkn":7,"m":"%s"}}""".formatted(Messages.missing("keys")));
    }

    @Test
    void shouldRefuseTokenOfNoSession() {
        assertThat(runner.run("""
                {"KV_SETQ":{"tkn":8,"keys":{"a":1}}}""")).isEqualTo("""
                        {"KV_SETQ_RSP":{"st":100,"tkn":8,"m":"%s"}}""".formatted(Messages.NO_SESSION));
    }
}
