package dev.tessera.impl.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Example;
import dev.tessera.testing.Layer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag(Layer.DOCS)
class ReferencePageTest {

    private static final long TOKEN = Long.parseUnsignedLong("18446744073709551557");

    static List<Example> examples() {
        return Example.ofPage("/reference/kv-set.md");
    }

    @Test
    void shouldFindEveryExampleOfThePage() {
        assertThat(examples()).extracting(Example::title).containsExactly("Store One Key", "Store Multiple Keys");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldAnswerAsThePageShows(Example example) {
        CommandRunner runner = new CommandRunner().session(TOKEN);

        assertThat(runner.run(example.requestWithToken(TOKEN))).isEqualTo(example.answerWithToken(TOKEN));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldAnswerThatKeysWereUpdatedTheSecondTime(Example example) {
        CommandRunner runner = new CommandRunner().session(TOKEN);
        runner.run(example.requestWithToken(TOKEN));

        assertThat(runner.run(example.requestWithToken(TOKEN)))
                .isEqualTo(example.answerWithToken(TOKEN).replace(":20", ":21"));
    }
}
