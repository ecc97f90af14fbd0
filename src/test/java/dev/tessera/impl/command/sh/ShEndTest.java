package dev.tessera.impl.command.sh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.Expiry;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class ShEndTest {

    private final CommandRunner runner = new CommandRunner().session(7, new Expiry(10, false));

    @Test
    void shouldEndTheSessionAtOnceInSpiteOfItsExpiry() {
        runner.run("""
                {"KV_SET":{"tkn":7,"keys":{"a":1}}}""");

        assertThat(runner.run("""
                {"SH_END":{"tkn":7}}""")).isEqualTo("""
                {"SH_END_RSP":{"st":1,"tkn":7}}""");
        assertThat(runner.run("""
                {"SH_END":{"tkn":7}}""")).isEqualTo("""
                        {"SH_END_RSP":{"st":100,"tkn":7,"m":"%s"}}""".formatted(Messages.NO_SESSION));
        assertThat(runner.run("""
                {"KV_COUNT":{"tkn":7}}""")).contains("\"st\":100");
        assertThat(runner.run("{\"SH_INFO_ALL\":{}}")).isEqualTo("""
                        {"SH_INFO_ALL_RSP":{"st":1,"totalSessions":0,"totalKeys":0}}""");
    }

    @Test
    void shouldRefuseTokenOfNoSession() {
        assertThat(runner.run("""
                {"SH_END":{"tkn":8}}""")).isEqualTo("""
                        {"SH_END_RSP":{"st":100,"tkn":8,"m":"%s"}}""".formatted(Messages.NO_SESSION));
    }
}
