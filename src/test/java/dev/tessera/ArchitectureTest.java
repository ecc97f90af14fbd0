package dev.tessera;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.tessera.config.Configuration;
import dev.tessera.config.Setting;
import dev.tessera.impl.server.ServerOptions;
import dev.tessera.testing.Layer;

/** The allowed dependencies between packages. */
@ArchTag(Layer.ARCHITECTURE)
@AnalyzeClasses(packages = "dev.tessera", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule sessionCoreShouldBePlainJava = noClasses()
            .that()
            .resideInAPackage("dev.tessera.impl.session..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx..",
                    "io.netty..",
                    "com.hazelcast..",
                    "com.fasterxml..",
                    "dev.tessera.impl.gateway..",
                    "dev.tessera.impl.store..",
                    "dev.tessera.impl.routing..",
                    "dev.tessera.impl.command..")
            .because("it must run alone, in a cluster and in a simulation");

    @ArchTest
    static final ArchRule jsonShouldKnowNothingOfThisProject = noClasses()
            .that()
            .resideInAPackage("dev.tessera.impl.json..")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are of another package of this project",
                    type -> type.getPackageName().startsWith("dev.tessera")
                            && !type.getPackageName().startsWith("dev.tessera.impl.json")));

    @ArchTest
    static final ArchRule commandsShouldNotKnowHowTheyTravel = noClasses()
            .that()
            .resideInAnyPackage("dev.tessera.impl.command..", "dev.tessera.protocol..", "dev.tessera.impl.protocol..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx..",
                    "io.netty..",
                    "com.hazelcast..",
                    "com.fasterxml..",
                    "dev.tessera.impl.gateway..",
                    "dev.tessera.impl.store..",
                    "dev.tessera.impl.routing..")
            .because("a command is written down once, for every transport");

    @ArchTest
    static final ArchRule gatewayShouldReachStoresOverTheEventBusAlone = noClasses()
            .that()
            .resideInAPackage("dev.tessera.impl.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tessera.impl.store..", "dev.tessera.impl.session..");

    @ArchTest
    static final ArchRule storeShouldNotKnowTheGateway = noClasses()
            .that()
            .resideInAPackage("dev.tessera.impl.store..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.tessera.impl.gateway..");

    @ArchTest
    static final ArchRule onlyTheClusterShouldKnowHazelcast = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.tessera.cluster", "dev.tessera.impl.cluster", "dev.tessera.impl.cluster.hazelcast")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster..")
            .because("a server that runs alone must not load it, and a simulation has none");

    @ArchTest
    static final ArchRule onlyServerOptionsShouldReadSettings = noClasses()
            .that()
            .resideOutsideOfPackages("dev.tessera.config", "dev.tessera.cli")
            .and()
            .doNotBelongToAnyOf(ServerOptions.class)
            .should()
            .callMethod(Configuration.class, "get", Setting.class)
            .because("one place turns settings into options");

    @ArchTest
    static final ArchRule packagesShouldNotDependInCycles =
            slices().matching("dev.tessera.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheCommandLineShouldPrint = noClasses()
            .that()
            .resideOutsideOfPackages("dev.tessera.cli..", "dev.tessera.impl.bench..")
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule nobodyShouldLogWithTheJdk = GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
}
