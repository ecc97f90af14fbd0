package dev.tessera.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.junit.ArchTag;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds the test classes to one {@link Layer} each. */
@Tag(Layer.ARCHITECTURE)
class LayerTest {

    private static final Path CLASSES = Path.of("target", "test-classes");

    @Test
    void shouldFindOneLayerPerTestClass() throws Exception {
        List<String> layers = new ArrayList<>();
        for (Field constant : Layer.class.getFields()) {
            layers.add((String) constant.get(null));
        }

        assertThat(testClasses())
                .hasSizeGreaterThan(100)
                .allSatisfy(
                        testClass -> assertThat(tags(testClass)).singleElement().isIn(layers));
    }

    /** Returns the classes with tests that Surefire and Failsafe find by their names. */
    private static List<Class<?>> testClasses() throws IOException, ClassNotFoundException {
        List<Class<?>> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(CLASSES.resolve("dev"))) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith("Test.class") || file.toString().endsWith("IT.class")) {
                    String name = CLASSES.relativize(file).toString().replace(".class", "");
                    Class<?> candidate = Class.forName(name.replace('/', '.'), false, LayerTest.class.getClassLoader());
                    if (hasTests(candidate)) {
                        found.add(candidate);
                    }
                }
            }
        }
        return found;
    }

    private static boolean hasTests(Class<?> candidate) {
        return Stream.of(candidate.getDeclaredMethods(), candidate.getDeclaredFields())
                .flatMap(Stream::of)
                .flatMap(member -> Stream.of(((AnnotatedElement) member).getAnnotations()))
                .map(annotation -> annotation.annotationType().getPackageName())
                .anyMatch(
                        origin -> origin.startsWith("org.junit.jupiter") || origin.startsWith("com.tngtech.archunit"));
    }

    private static List<String> tags(Class<?> testClass) {
        return Stream.concat(
                        Stream.of(testClass.getAnnotationsByType(Tag.class)).map(Tag::value),
                        // ArchUnit's own engine runs its tests, and reads its own tags.
                        Stream.of(testClass.getAnnotationsByType(ArchTag.class)).map(ArchTag::value))
                .toList();
    }
}
