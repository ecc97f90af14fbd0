package dev.tessera.impl.command.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.protocol.Messages;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class KvContainsTest {

    private final CommandRunner runner = new CommandRunner().session(7);

    @Test
    void shouldReturnWhetherEachKeyExists() {
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a":null,"":1}}}""");

        assertThat(runner.run("""
                {"KV_CONTAINS":{"tkn":7,"keys":["b","a",5,"","a"]}}""")).isEqualTo("""
                        {"KV_CONTAINS_RSP":{"tkn":7,"st":1,"keys":{"b":false,"a":true,"":true}}}""");
    }

    @Test
    void shouldTakeNoKeysAtAll() {
        assertThat(runner.run("""
                {"KV_CONTAINS":{"tkn":7,"keys":[]}}""")).isEqualTo("""
                        {"KV_CONTAINS_RSP":{"tkn":7,"st":1,"keys":{}}}""");
    }

    @Test
    void shouldRefuseTokenOfNoSession() {
        assertThat(runner.run("""
                {"KV_CONTAINS":{"tkn":8,"keys":["a"]}}""")).isEqualTo("""
                        {"KV_CONTAINS_RSP":{"st":100,"tkn":8,"m":"%s"}}""".formatted(Messages.NO_SESSION));
    }
}
