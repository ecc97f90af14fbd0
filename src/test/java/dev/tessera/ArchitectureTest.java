package dev.tessera;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

/** Who may know whom. */
@AnalyzeClasses(packages = "dev.tessera", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule sessionCoreShouldBePlainJava = noClasses()
            .that()
            .resideInAPackage("dev.tessera.session..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx..",
                    "io.netty..",
                    "com.hazelcast..",
                    "com.fasterxml..",
                    "dev.tessera.gateway..",
                    "dev.tessera.store..",
                    "dev.tessera.routing..",
                    "dev.tessera.command..")
            .because("it must run alone, in a cluster and in a simulation");

    @ArchTest
    static final ArchRule jsonShouldKnowNothingOfThisProject = noClasses()
            .that()
            .resideInAPackage("dev.tessera.json..")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are of another package of this project",
                    type -> type.getPackageName().startsWith("dev.tessera")
                            && !type.getPackageName().startsWith("dev.tessera.json")));

    @ArchTest
    static final ArchRule commandsShouldNotKnowHowTheyTravel = noClasses()
            .that()
            .resideInAnyPackage("dev.tessera.command..", "dev.tessera.protocol..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx..",
                    "io.netty..",
                    "com.hazelcast..",
                    "com.fasterxml..",
                    "dev.tessera.gateway..",
                    "dev.tessera.store..",
                    "dev.tessera.routing..")
            .because("a command is written down once, for every transport");

    @ArchTest
    static final ArchRule gatewayShouldReachStoresOverTheEventBusAlone = noClasses()
            .that()
            .resideInAPackage("dev.tessera.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tessera.store..", "dev.tessera.session..");

    @ArchTest
    static final ArchRule storeShouldNotKnowTheGateway = noClasses()
            .that()
            .resideInAPackage("dev.tessera.store..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.tessera.gateway..");

    @ArchTest
    static final ArchRule onlyTwoPackagesShouldKnowHazelcast = noClasses()
            .that()
            .resideOutsideOfPackages("dev.tessera.cluster", "dev.tessera.cluster.hazelcast")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster..")
            .because("a server that runs alone must not load it, and a simulation has none");

    @ArchTest
    static final ArchRule packagesShouldNotDependInCycles =
            slices().matching("dev.tessera.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheCommandLineShouldPrint = noClasses()
            .that()
            .resideOutsideOfPackages("dev.tessera.cli..", "dev.tessera.bench..")
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule nobodyShouldLogWithTheJdk = GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
}
