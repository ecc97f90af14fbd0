package dev.tessera.impl.bench.self;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(Layer.UNIT)
class MarkdownTest {

    @Test
    void shouldWriteATable() {
        Markdown table =
                new Markdown().head("what", "how many").row("apples", "3").note("That is all.");

        assertThat(table.toString()).isEqualTo("| what | how many |\n|---|---:|\n| apples | 3 |\n\nThat is all.\n");
    }

    @Test
    void shouldWriteFigures() {
        assertThat(Markdown.thousands(832_407)).isEqualTo("832 k");
        assertThat(Markdown.thousands(1_832_407)).isEqualTo("1,832 k");
        assertThat(Markdown.thousands(942)).isEqualTo("0.9 k");
        assertThat(Markdown.micros(1234.5)).isEqualTo("1,235");
        assertThat(Markdown.ratio(3, 2)).isEqualTo("1.50 x");
        assertThat(Markdown.percent(0.7)).isEqualTo("70 %");
        assertThat(Markdown.megabytes(1_500_000_000)).isEqualTo("1,500");
    }
}
