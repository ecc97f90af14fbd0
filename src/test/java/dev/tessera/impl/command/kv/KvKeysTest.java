package dev.tessera.impl.command.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.protocol.Messages;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class KvKeysTest {

    private final CommandRunner runner = new CommandRunner().session(7);

    @Test
    void shouldNameKeysInTheOrderOfTheirInsertion() {
        assertThat(runner.run("""
                {"KV_KEYS":{"tkn":7}}""")).isEqualTo("""
                        {"KV_KEYS_RSP":{"tkn":7,"st":1,"keys":[]}}""");
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"b":1,"a":2,"\\n":3,"":4}}}""");
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a":5,"c":6}}}""");
        runner.run("""
                {"KV_RMV":{"tkn":7,"keys":["b"]}}""");
        runner.run("""
                {"KV_ADD":{"tkn":7,"keys":{"b":7}}}""");

        assertThat(runner.run("""
                {"KV_KEYS":{"tkn":7}}""")).isEqualTo("""
                        {"KV_KEYS_RSP":{"tkn":7,"st":1,"keys":["a","\\n","","c","b"]}}""");
    }

    @Test
    void shouldRefuseTokenOfNoSession() {
        assertThat(runner.run("""
                {"KV_KEYS":{"tkn":8}}""")).isEqualTo("""
                        {"KV_KEYS_RSP":{"st":100,"tkn":8,"m":"%s"}}""".formatted(Messages.NO_SESSION));
    }
}
