package dev.tessera.impl.command.sh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.protocol.Messages;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class ShNewTest {

    private final CommandRunner runner = new CommandRunner();

    @Test
    void shouldGiveAnUnsharedSessionATokenThatWasDrawn() {
        assertThat(runner.run("""
                {"SH_NEW":{"name":"n"}}""")).isEqualTo("""
                        {"SH_NEW_RSP":{"st":1,"name":"n","tkn":1000}}""");
        assertThat(runner.run("""
                {"SH_NEW":{"name":"n","shared":false}}""")).isEqualTo("""
                        {"SH_NEW_RSP":{"st":1,"name":"n","tkn":1001}}""");
        assertThat(runner.run("""
                {"KV_COUNT":{"tkn":1001}}""")).isEqualTo("""
                        {"KV_COUNT_RSP":{"tkn":1001,"st":1,"cnt":0}}""");
    }

    @Test
    void shouldGiveASharedSessionTheTokenOfItsName() {
        String token = Long.toUnsignedString(CommandRunner.sharedToken("n"));

        assertThat(runner.run("""
                {"SH_NEW":{"name":"n","shared":true}}""")).isEqualTo("""
                        {"SH_NEW_RSP":{"st":1,"name":"n","tkn":%s}}""".formatted(token));
        assertThat(runner.run("""
                {"SH_NEW":{"name":"\\u006e","shared":true,"tkn":5}}""")).isEqualTo("""
                                {"SH_NEW_RSP":{"st":103,"tkn":null,"m":"%s"}}""".formatted(Messages.SHARED_SESSION_EXISTS));
    }

    @Test
    void shouldAnswerTheNameInCanonicalSpelling() {
        assertThat(runner.run("""
                {"SH_NEW":{"name":"\\u0061\\/\\u00E9\\u0007"}}""")).isEqualTo("""
                        {"SH_NEW_RSP":{"st":1,"name":"a/\u00e9\\u0007","tkn":1000}}""");
    }

    @Test
    void shouldCreateASessionThatEnds() {
        runner.run("""
                {"SH_NEW":{"name":"n","expiry":{"duration":10,"deleteSession":true}}}""");
        runner.advanceMs(9_999);
        assertThat(runner.run("""
                {"SH_EXISTS":{"tkns":[1000]}}""")).isEqualTo("""
                        {"SH_EXISTS_RSP":{"st":1,"exist":[1000],"notExist":[]}}""");
        runner.advanceMs(1);
        assertThat(runner.run("""
                {"KV_COUNT":{"tkn":1000}}""")).isEqualTo("""
                        {"KV_COUNT_RSP":{"st":100,"tkn":1000,"m":"%s"}}""".formatted(Messages.NO_SESSION));
    }

    @Test
    void shouldCreateASharedSessionAgainAfterItHasExpired() {
        String make = """
                        {"SH_NEW":{"name":"n","shared":true,"expiry":{"duration":10,"deleteSession":true}}}""";
        String made = runner.run(make);
        runner.advanceMs(10_000);

        assertThat(runner.run(make)).isEqualTo(made).contains("\"st\":1,");
    }

    @Test
    void shouldRefuseTheEmptyName() {
        assertThat(runner.run("""
                {"SH_NEW":{"name":""}}""")).isEqualTo("""
                        {"SH_NEW_RSP":{"st":42,"tkn":null,"m":"%s"}}""".formatted(Messages.empty("name")));
    }
}
