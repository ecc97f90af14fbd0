package dev.tessera.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Setting;
import dev.tessera.config.Settings;
import dev.tessera.testing.DocumentationPages;
import dev.tessera.testing.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks that pages name the settings as {@link Settings} declares them, so that a reader can copy the name. */
@Tag(Layer.DOCS)
class SettingNamesTest {

    /** Pages that also name packages, or settings of earlier versions. */
    private static final List<Path> NOT_CHECKED = List.of(
            Path.of("CHANGELOG.md"),
            DocumentationPages.DOCS.resolve("architecture.md"),
            DocumentationPages.DOCS.resolve("decisions"));

    private static final Pattern NAME = Pattern.compile("`(([a-z]+)\\.[a-zA-Z.]+)`");
    private static final String OLD_NAME = "Old name: ";

    @Test
    void shouldNameDeclaredSettings() throws IOException {
        Set<String> paths = Settings.ALL.stream().map(Setting::path).collect(Collectors.toSet());
        Set<String> groups = paths.stream()
                .filter(path -> path.contains("."))
                .map(path -> path.substring(0, path.indexOf('.')))
                .collect(Collectors.toSet());

        List<String> unknown = new ArrayList<>();
        for (Path page : DocumentationPages.all()) {
            if (NOT_CHECKED.stream().anyMatch(page::startsWith)) {
                continue;
            }
            for (String line : Files.readAllLines(page)) {
                Matcher name = NAME.matcher(line);
                while (name.find()) {
                    if (groups.contains(name.group(2))
                            && !paths.contains(name.group(1))
                            && !line.startsWith(OLD_NAME, name.start() - OLD_NAME.length())) {
                        unknown.add(page + ": " + name.group(1));
                    }
                }
            }
        }
        assertThat(unknown).isEmpty();
    }
}
