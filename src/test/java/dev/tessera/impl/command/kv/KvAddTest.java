package dev.tessera.impl.command.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.protocol.Messages;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class KvAddTest {

    private final CommandRunner runner = new CommandRunner().session(7);

    @Test
    void shouldLeaveExistingKeysUnchanged() {
        assertThat(runner.run("""
                {"KV_ADD":{"tkn":7,"keys":{"a":1,"b":2}}}""")).isEqualTo("""
                        {"KV_ADD_RSP":{"tkn":7,"keys":{"a":20,"b":20}}}""");
        assertThat(runner.run("""
                {"KV_ADD":{"tkn":7,"keys":{"c":3,"a":4}}}""")).isEqualTo("""
                        {"KV_ADD_RSP":{"tkn":7,"keys":{"c":20,"a":23}}}""");
        assertThat(runner.run("""
                {"KV_GET":{"tkn":7,"keys":["a","c"]}}""")).isEqualTo("""
                        {"KV_GET_RSP":{"tkn":7,"keys":{"a":1,"c":3}}}""");
    }

    @Test
    void shouldTakeNoKeysAtAll() {
        assertThat(runner.run("""
                {"KV_ADD":{"tkn":7,"keys":{}}}""")).isEqualTo("""
                        {"KV_ADD_RSP":{"tkn":7,"keys":{}}}""");
    }

    @Test
    void shouldAddTheLastValueOfARepeatedKey() {
        assertThat(runner.run("""
                {"KV_ADD":{"tkn":7,"keys":{"a":1,"a":2}}}""")).isEqualTo("""
                        {"KV_ADD_RSP":{"tkn":7,"keys":{"a":20}}}""");
        assertThat(runner.run("""
                {"KV_GET":{"tkn":7,"keys":["a"]}}""")).isEqualTo("""
                        {"KV_GET_RSP":{"tkn":7,"keys":{"a":2}}}""");
    }

    @Test
    void shouldRefuseTokenOfNoSession() {
        assertThat(runner.run("""
                {"KV_ADD":{"tkn":8,"keys":{"a":1}}}""")).isEqualTo("""
                        {"KV_ADD_RSP":{"st":100,"tkn":8,"m":"%s"}}""".formatted(Messages.NO_SESSION));
    }
}
