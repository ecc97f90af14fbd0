package dev.tessera.client;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.tessera.testing.Layer;

@ArchTag(Layer.ARCHITECTURE)
@AnalyzeClasses(packages = "dev.tessera", importOptions = ImportOption.DoNotIncludeTests.class)
class ClientArchitectureTest {

    @ArchTest
    static final ArchRule SHOULD_BE_KNOWN_BY_NO_OTHER_PART = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tessera.client..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.tessera.client..");

    @ArchTest
    static final ArchRule SHOULD_KNOW_THE_STORES_BY_THEIR_ROUTING_ALONE = classes()
            .that()
            .resideInAPackage("dev.tessera.client..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.tessera.client..",
                    "dev.tessera.impl.routing..",
                    "dev.tessera.event..",
                    "dev.tessera.impl.event..",
                    "dev.tessera.protocol..",
                    "dev.tessera.impl.protocol..",
                    "dev.tessera.impl.json..",
                    "dev.tessera.impl.log..",
                    "dev.tessera.impl.work..",
                    "org.jspecify.annotations..",
                    "io.vertx.core..",
                    "org.slf4j..",
                    "java..");

    /** The stores may move to another process. */
    @ArchTest
    static final ArchRule SHOULD_SHOW_NOTHING_OF_THE_WAY_TO_THE_STORES = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAPackage("dev.tessera.client..")
            .should()
            .notHaveRawReturnType(resideInAPackage("dev.tessera.impl.routing.."));

    @ArchTest
    static final ArchRule EVENTS_SHOULD_KNOW_THE_SESSION_CORE_ALONE = classes()
            .that()
            .resideInAPackage("dev.tessera.impl.event..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.tessera.event..",
                    "dev.tessera.impl.event..",
                    "dev.tessera.impl.session..",
                    "io.vertx.core..",
                    "org.jspecify.annotations..",
                    "java..");

    @ArchTest
    static final ArchRule THE_SESSION_CORE_SHOULD_KNOW_NO_LISTENER = noClasses()
            .that()
            .resideInAPackage("dev.tessera.impl.session..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tessera.impl.event..", "io.vertx..");
}
