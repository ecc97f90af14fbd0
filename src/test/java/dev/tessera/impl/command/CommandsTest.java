package dev.tessera.impl.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.CommandRunner;
import dev.tessera.testing.Layer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class CommandsTest {

    @Test
    void shouldKnowTheSameCommandsWithoutSessions() {
        Commands with = Commands.of(CommandRunner.COMMANDS, Set.of());
        Commands without = Commands.withoutSessions(CommandRunner.COMMANDS, Set.of());

        assertThat(with.sessions()).isTrue();
        assertThat(without.sessions()).isFalse();
        assertThat(without.all())
                .extracting(Command::name)
                .containsExactlyElementsOf(
                        with.all().stream().map(Command::name).toList());
        assertThat(without.all())
                .extracting(Command::parameters)
                .containsExactlyElementsOf(
                        with.all().stream().map(Command::parameters).toList());
    }

    @Test
    void shouldDisableCommandsOnSessionsWithoutSessions() {
        Commands without = Commands.withoutSessions(CommandRunner.COMMANDS, List.of("KV_CLEAR"));

        assertThat(without.all())
                .allSatisfy(command -> assertThat(without.isDisabled(command))
                        .as(command.name())
                        .isEqualTo(command.name().startsWith("SH_")
                                || Set.of("KV_BATCH", "KV_CLEAR").contains(command.name())));
    }

    @Test
    void shouldAskForNoTokenWithoutSessions() {
        Commands without = Commands.withoutSessions(CommandRunner.COMMANDS, Set.of());

        assertThat(without.all())
                .filteredOn(command -> !without.isDisabled(command))
                .isNotEmpty()
                .noneMatch(without::takesToken);
    }

    @Test
    void shouldRefuseToDisableAnUnknownCommand() {
        assertThatThrownBy(() -> Commands.withoutSessions(CommandRunner.COMMANDS, List.of("KV_SOT")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no command KV_SOT to be disabled");
    }
}
