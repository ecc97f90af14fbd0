package dev.tessera.impl.command.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.protocol.Messages;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class KvClearTest {

    private final CommandRunner runner = new CommandRunner().session(7);

    @Test
    void shouldRemoveAllAndCountThem() {
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a":1,"b":2}}}""");

        assertThat(runner.run("""
                {"KV_CLEAR":{"tkn":7}}""")).isEqualTo("""
                        {"KV_CLEAR_RSP":{"tkn":7,"st":1,"cnt":2}}""");
        assertThat(runner.run("""
                {"KV_CLEAR":{"tkn":7}}""")).isEqualTo("""
                        {"KV_CLEAR_RSP":{"tkn":7,"st":1,"cnt":0}}""");
        assertThat(runner.run("""
                {"KV_GET":{"tkn":7,"keys":["a"]}}""")).isEqualTo("""
                        {"KV_GET_RSP":{"tkn":7,"keys":{"a":null}}}""");
        assertThat(runner.run("{\"SH_INFO_ALL\":{}}")).isEqualTo("""
                        {"SH_INFO_ALL_RSP":{"st":1,"totalSessions":1,"totalKeys":0}}""");
    }

    @Test
    void shouldLeaveOtherSessionsAlone() {
        runner.session(8).run("""
                {"KV_SET":{"tkn":8,"keys":{"a":1}}}""");
        runner.run("""
                {"KV_CLEAR":{"tkn":7}}""");

        assertThat(runner.run("""
                {"KV_COUNT":{"tkn":8}}""")).isEqualTo("""
                        {"KV_COUNT_RSP":{"tkn":8,"st":1,"cnt":1}}""");
    }

    @Test
    void shouldRefuseTokenOfNoSession() {
        assertThat(runner.run("""
                {"KV_CLEAR":{"tkn":8}}""")).isEqualTo("""
                        {"KV_CLEAR_RSP":{"st":100,"tkn":8,"m":"%s"}}""".formatted(Messages.NO_SESSION));
    }
}
