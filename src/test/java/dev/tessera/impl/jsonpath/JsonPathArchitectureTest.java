package dev.tessera.impl.jsonpath;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.tessera.testing.Layer;

@ArchTag(Layer.ARCHITECTURE)
@AnalyzeClasses(packages = "dev.tessera.impl.jsonpath", importOptions = ImportOption.DoNotIncludeTests.class)
class JsonPathArchitectureTest {

    @ArchTest
    static final ArchRule SHOULD_KNOW_NOTHING_OF_THE_SERVER = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.tessera.impl.jsonpath..", "com.google.re2j", "org.jspecify.annotations", "java..");

    @ArchTest
    static final ArchRule SHOULD_DEPEND_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("api")
            .definedBy("dev.tessera.impl.jsonpath")
            .layer("parser")
            .definedBy("dev.tessera.impl.jsonpath.parser")
            .layer("query")
            .definedBy("dev.tessera.impl.jsonpath.query")
            .layer("text")
            .definedBy("dev.tessera.impl.jsonpath.text")
            .layer("regexp")
            .definedBy("dev.tessera.impl.jsonpath.regexp")
            .layer("budget")
            .definedBy("dev.tessera.impl.jsonpath.budget")
            .whereLayer("api")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("parser")
            .mayOnlyBeAccessedByLayers("api")
            .whereLayer("query")
            .mayOnlyBeAccessedByLayers("api", "parser")
            .whereLayer("text")
            .mayOnlyBeAccessedByLayers("api", "parser", "query")
            .whereLayer("regexp")
            .mayOnlyBeAccessedByLayers("parser", "query")
            .whereLayer("budget")
            .mayOnlyBeAccessedByLayers("api", "query", "text", "regexp");

    @ArchTest
    static final ArchRule SHOULD_USE_RE2_IN_ONE_PLACE = classes()
            .that()
            .resideOutsideOfPackage("dev.tessera.impl.jsonpath.regexp")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackage("com.google.re2j");
}
