package io.octavialb;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** The pure core stays pure: no I/O, no clock, no threads; texts and values in, values out. */
@AnalyzeClasses(packages = "io.octavialb", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] PURE = {
        "io.octavialb.config..",
        "io.octavialb.model..",
        "io.octavialb.build..",
        "io.octavialb.plan..",
        "io.octavialb.vrrp..",
        "io.octavialb.vip.config.."
    };

    @ArchTest
    static final ArchRule pureCodeKnowsNoInputOrOutput = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "java.net.http..",
                            "java.nio.file..",
                            "java.nio.channels..",
                            "io.fabric8..",
                            "io.javaoperatorsdk..",
                            "org.openstack4j..",
                            "io.github.resilience4j..",
                            "io.micrometer..",
                            "java.util.concurrent..",
                            "io.octavialb.openstack..",
                            "io.octavialb.kubernetes..",
                            "io.octavialb.reconcile..",
                            "io.octavialb.app..")
                    .or(nameMatching("java\\.io\\.(File|RandomAccessFile|Console).*"))
                    .or(nameMatching(
                            "java\\.net\\.(Socket|ServerSocket|DatagramSocket|URLConnection|HttpURLConnection|URL)"))
                    .or(nameMatching("java\\.lang\\.(Thread|ThreadLocal|Process|ProcessBuilder|Runtime)"))
                    .or(nameMatching("java\\.time\\.Clock|java\\.util\\.Timer.*")));

    @ArchTest
    static final ArchRule pureCodeReadsNoClock = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Instant.class, "now", Clock.class)
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    @ArchTest
    static final ArchRule onlyConfigReadsGitConfig = noClasses()
            .that()
            .resideOutsideOfPackage("io.octavialb.config..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jgit..");
}
