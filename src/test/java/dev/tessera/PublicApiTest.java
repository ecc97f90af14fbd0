package dev.tessera;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tessera.testing.Layer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Holds the list of the public API. Users may call every public type outside {@code dev.tessera.impl}, so that each one
 * must stay compatible.
 */
@Tag(Layer.UNIT)
class PublicApiTest {

    private static final String IMPL = "dev.tessera.impl";

    /** The public types, one a line: the whole promise to users. */
    private static final String API = """
            dev.tessera.Version
            dev.tessera.client.ConflictException
            dev.tessera.client.JsonText
            dev.tessera.client.KeyCommands
            dev.tessera.client.SessionEvent
            dev.tessera.client.SessionInfo
            dev.tessera.client.SessionOptions
            dev.tessera.client.SessionToken
            dev.tessera.client.SessionTotals
            dev.tessera.client.TesseraBatch
            dev.tessera.client.TesseraClient
            dev.tessera.client.TesseraClientOptions
            dev.tessera.client.TesseraEvents
            dev.tessera.client.TesseraException
            dev.tessera.client.TesseraKeys
            dev.tessera.client.TesseraSession
            dev.tessera.client.VersionedValue
            dev.tessera.client.WriteOptions
            dev.tessera.cluster.ClusterApplication
            dev.tessera.config.Configuration
            dev.tessera.config.ConfigurationException
            dev.tessera.config.ConfigurationLoader
            dev.tessera.config.EvictionPolicy
            dev.tessera.config.JournalMode
            dev.tessera.config.LogLevel
            dev.tessera.config.Origin
            dev.tessera.config.Origin$Kind
            dev.tessera.config.Setting
            dev.tessera.config.Settings
            dev.tessera.event.EventKind
            dev.tessera.protocol.Status
            dev.tessera.server.StartException
            dev.tessera.server.StartOptions
            dev.tessera.server.TesseraNode
            dev.tessera.server.TesseraServer
            """;

    /** The classes that the JVM and Logback find by their names; nobody calls them from Java. */
    private static final Set<String> FOUND_BY_NAME = Set.of(
            "dev.tessera.cli.Main",
            "dev.tessera.cli.LibraryLineLimit",
            "dev.tessera.cli.LogQueue",
            "dev.tessera.cli.OutOfMemoryFilter");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.tessera");

    @Test
    void shouldConsistOfTheseTypesAlone() {
        Set<String> found = publicTypes()
                .map(JavaClass::getName)
                .filter(name -> !FOUND_BY_NAME.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(found)
                .as(
                        "the public types outside %s. If users need a new type, add it here and document it in "
                                + "docs/java.md."
                                + " If only Tessera needs it, make it package-private, or move it below %s.",
                        IMPL, IMPL)
                .containsExactlyElementsOf(API.lines().collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void shouldShowNoInternalType() {
        List<String> shown = new ArrayList<>();
        publicTypes().forEach(type -> {
            check(shown, type.getName(), type.getSuperclass().stream().toList());
            check(shown, type.getName(), type.getInterfaces());
            visible(type.getMethods()).forEach(method -> {
                check(shown, method.getFullName(), List.of(method.getReturnType()));
                check(shown, method.getFullName(), method.getParameterTypes());
            });
            visible(type.getConstructors())
                    .forEach(constructor -> check(shown, constructor.getFullName(), constructor.getParameterTypes()));
            visible(type.getFields()).forEach(field -> check(shown, field.getFullName(), List.of(field.getType())));
        });

        assertThat(shown)
                .as("what users can call and names a type of %s, which may change in any version", IMPL)
                .isEmpty();
    }

    private static Stream<JavaClass> publicTypes() {
        return MAIN.stream()
                .filter(type -> !type.getPackageName().startsWith(IMPL))
                .filter(PublicApiTest::isReachable);
    }

    private static boolean isReachable(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(PublicApiTest::isReachable).orElse(true);
    }

    private static <M extends JavaMember> Stream<M> visible(Collection<M> members) {
        return members.stream()
                .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED))
                .filter(member -> !member.getModifiers().contains(JavaModifier.SYNTHETIC));
    }

    private static void check(List<String> shown, String where, Collection<? extends JavaType> types) {
        types.stream()
                .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .filter(type -> type.getBaseComponentType().getPackageName().startsWith(IMPL))
                .forEach(type -> shown.add(where + " names " + type.getName()));
    }
}
