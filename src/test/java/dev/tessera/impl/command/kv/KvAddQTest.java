package dev.tessera.impl.command.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.protocol.Messages;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class KvAddQTest {

    private final CommandRunner runner = new CommandRunner().session(7);

    @Test
    void shouldBeSilentIfAllKeysAreNew() {
        assertThat(runner.run("""
                {"KV_ADDQ":{"tkn":7,"keys":{"a":1,"b":2}}}""")).isEmpty();
        assertThat(runner.run("""
                {"KV_GET":{"tkn":7,"keys":["a","b"]}}""")).isEqualTo("""
                        {"KV_GET_RSP":{"tkn":7,"keys":{"a":1,"b":2}}}""");
    }

    @Test
    void shouldAnswerOnlyTheKeysThatExisted() {
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a":1,"c":1}}}""");

        assertThat(runner.run("""
                {"KV_ADDQ":{"tkn":7,"keys":{"c":2,"b":2,"a":2}}}""")).isEqualTo("""
                        {"KV_ADDQ_RSP":{"tkn":7,"keys":{"c":23,"a":23}}}""");
        assertThat(runner.run("""
                {"KV_GET":{"tkn":7,"keys":["a","b","c"]}}""")).isEqualTo("""
                        {"KV_GET_RSP":{"tkn":7,"keys":{"a":1,"b":2,"c":1}}}""");
    }

    @Test
    void shouldAnswerIfItFails() {
        assertThat(runner.run("""
                {"KV_ADDQ":{"tkn":7,"keys":{}}}""")).isEqualTo("""
                        {"KV_ADDQ_RSP":{"st":42,"tkn":7,"m":"%s"}}""".formatted(Messages.empty("keys")));
    }

    @Test
    void shouldRefuseTokenOfNoSession() {
        assertThat(runner.run("""
                {"KV_ADDQ":{"tkn":8,"keys":{"a":1}}}""")).isEqualTo("""
                        {"KV_ADDQ_RSP":{"st":100,"tkn":8,"m":"%s"}}""".formatted(Messages.NO_SESSION));
    }
}
