package dev.tessera.impl.command.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.protocol.Messages;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class KvCountTest {

    private final CommandRunner runner = new CommandRunner().session(7);

    @Test
    void shouldCountKeys() {
        assertThat(runner.run("""
                {"KV_COUNT":{"tkn":7}}""")).isEqualTo("""
                        {"KV_COUNT_RSP":{"tkn":7,"st":1,"cnt":0}}""");
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a":1,"b":2,"a":3}}}""");
        assertThat(runner.run("""
                {"KV_COUNT":{"tkn":7}}""")).isEqualTo("""
                        {"KV_COUNT_RSP":{"tkn":7,"st":1,"cnt":2}}""");
    }

    @Test
    void shouldRefuseTokenOfNoSession() {
        assertThat(runner.run("""
                {"KV_COUNT":{"tkn":8}}""")).isEqualTo("""
                        {"KV_COUNT_RSP":{"st":100,"tkn":8,"m":"%s"}}""".formatted(Messages.NO_SESSION));
    }
}
