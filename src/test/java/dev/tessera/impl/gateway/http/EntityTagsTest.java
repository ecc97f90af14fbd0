package dev.tessera.impl.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag(Layer.UNIT)
class EntityTagsTest {

    static Stream<Arguments> lists() {
        return Stream.of(
                Arguments.of("\"7\"", List.of(7L)),
                Arguments.of("\"9\", \"7\"", List.of(7L, 9L)),
                Arguments.of(",, \"7\" ,\t\"9\",", List.of(7L, 9L)),
                Arguments.of("\"7\"\"9\"", List.of(7L, 9L)),
                Arguments.of("\"9007199254740991\"", List.of(9_007_199_254_740_991L)),
                Arguments.of("W/\"7\"", List.of()),
                Arguments.of("W/\"7\", \"9\", W/\"11\"", List.of(9L)),
                Arguments.of("w/\"7\", \"9\"", List.of()),
                Arguments.of(
                        "\"0\", \"-7\", \"+7\", \"07\", \"7.0\", \"7e1\", \"\", \" 7\", \"x\", \"\u00b2\"", List.of()),
                Arguments.of("\"9007199254740992\", \"18446744073709551615\", \"99999999999999999999999\"", List.of()),
                Arguments.of("\"7,8\", \"9\"", List.of(9L)),
                Arguments.of("\"7", List.of()),
                Arguments.of("7", List.of()),
                Arguments.of("\"7\", 8, \"9\"", List.of(7L)),
                Arguments.of("\"7\"x", List.of()),
                Arguments.of("'7'", List.of()),
                Arguments.of("W/", List.of()),
                Arguments.of("*", List.of()),
                Arguments.of("", List.of()));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void shouldReadTheRevisionsInStrongTags(String list, List<Long> revisions) {
        EntityTags tags = new EntityTags(List.of(list));

        assertThat(tags.revisions()).isEqualTo(revisions);
        assertThat(revisions).allMatch(tags::match);
        assertThat(tags.match(0)).isFalse();
    }

    @Test
    void shouldReadAllLinesOfAHeader() {
        EntityTags tags = new EntityTags(List.of("none", "\"7\"", "W/\"8\", \"9\""));

        assertThat(tags.revisions()).containsExactly(7L, 9L);
    }

    @Test
    void shouldWriteATagThatItReads() {
        assertThat(new EntityTags(List.of(EntityTags.of(1_764_270_000_000_000L))).revisions())
                .containsExactly(1_764_270_000_000_000L);
    }
}
