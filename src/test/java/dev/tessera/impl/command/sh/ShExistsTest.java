package dev.tessera.impl.command.sh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.session.Expiry;
import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class ShExistsTest {

    private final CommandRunner runner = new CommandRunner();

    @Test
    void shouldSortTokensOfAllOwnersInTheOrderOfTheRequest() {
        runner.session(5).session(3).session(-1).session(4);

        assertThat(runner.run("""
                {"SH_EXISTS":{"tkns":[9,5,8,18446744073709551615,3,0,4]}}""")).isEqualTo("""
                                {"SH_EXISTS_RSP":{"st":1,"exist":[5,18446744073709551615,3,4],"notExist":[9,8,0]}}""");
    }

    @Test
    void shouldIgnoreElementsThatAreNotTokens() {
        runner.session(5);

        assertThat(runner.run("""
                                {"SH_EXISTS":{"tkns":["5",null,5.0,-5,5,{"tkn":5},[5],true,18446744073709551616,6]}}""")).isEqualTo("""
                        {"SH_EXISTS_RSP":{"st":1,"exist":[5],"notExist":[6]}}""");
        assertThat(runner.run("""
                {"SH_EXISTS":{"tkns":[]}}""")).isEqualTo("""
                        {"SH_EXISTS_RSP":{"st":1,"exist":[],"notExist":[]}}""");
    }

    @Test
    void shouldAnswerARepeatedTokenAsOftenAsItWasSent() {
        runner.session(5);

        assertThat(runner.run("""
                {"SH_EXISTS":{"tkns":[5,6,5,6]}}""")).isEqualTo("""
                        {"SH_EXISTS_RSP":{"st":1,"exist":[5,5],"notExist":[6,6]}}""");
    }

    @Test
    void shouldIgnoreExpiredSessions() {
        runner.session(1, new Expiry(1, true)).session(2, new Expiry(1, false));
        runner.advanceMs(1_000);

        assertThat(runner.run("""
                {"SH_EXISTS":{"tkns":[1,2]}}""")).isEqualTo("""
                        {"SH_EXISTS_RSP":{"st":1,"exist":[2],"notExist":[1]}}""");
    }

    @Test
    void shouldTakeManyTokens() {
        var tokens = new StringBuilder("0");
        for (int token = 1; token < 1_000; token++) {
            tokens.append(',').append(token);
            runner.session(token);
        }

        assertThat(runner.run("""
                {"SH_EXISTS":{"tkns":[%s]}}""".formatted(tokens))).isEqualTo("""
                        {"SH_EXISTS_RSP":{"st":1,"exist":[%s],"notExist":[0]}}""".formatted(tokens.substring(2)));
    }
}
