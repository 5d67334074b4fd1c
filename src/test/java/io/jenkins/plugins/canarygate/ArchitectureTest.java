package io.jenkins.plugins.canarygate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/** The arrows between the packages, as CONTRIBUTING.md draws them. */
@AnalyzeClasses(packages = "io.jenkins.plugins.canarygate", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String BASE = "io.jenkins.plugins.canarygate.";
  private static final String JACKSON = "com.fasterxml.jackson..";
  private static final String FABRIC8 = "io.fabric8..";
  private static final String OKHTTP = "okhttp3..";

  @ArchTest static final ArchRule checksUseNothing = only("check", "check");

  @ArchTest
  static final ArchRule theRolloutSeamUsesChecksAndJackson =
      classes()
          .that()
          .resideInAPackage(BASE + "rollout")
          .should()
          .onlyDependOnClassesThat(inAny("java..", JACKSON, BASE + "rollout", BASE + "check"));

  @ArchTest
  static final ArchRule theArgoDriverUsesTheSeamAndTheKubernetesClient =
      only(
          "rollout.argo",
          "rollout.argo",
          "rollout.kube",
          "rollout",
          "check",
          "kube",
          JACKSON,
          FABRIC8);

  @ArchTest
  static final ArchRule theFlaggerDriverUsesTheSeamAndTheKubernetesClient =
      only(
          "rollout.flagger",
          "rollout.flagger",
          "rollout.kube",
          "rollout",
          "check",
          "kube",
          JACKSON,
          FABRIC8);

  @ArchTest
  static final ArchRule requestsToTheClusterKnowNoRollout =
      only("kube", "kube", "check", JACKSON, FABRIC8);

  @ArchTest
  static final ArchRule whatDriversShareKnowsNoDriver =
      only("rollout.kube", "rollout.kube", "rollout", "kube", JACKSON);

  @ArchTest
  static final ArchRule theEngineUsesChecksRolloutsAndJackson =
      only("gate", "gate", "check", "rollout", JACKSON);

  @ArchTest
  static final ArchRule evidenceUsesChecksAndItsClients =
      only("evidence..", "evidence..", "check", "kube", JACKSON, FABRIC8, OKHTTP, "okio..");

  @ArchTest
  static final ArchRule theHostNeverReadsGateFiles =
      not("host..", "gatefile..", "frontend..", "cli..", "server..", "jenkins..");

  @ArchTest
  static final ArchRule gateFilesKnowNoFrontEnd =
      not("gatefile..", "frontend..", "cli..", "server..", "jenkins..", "host..");

  @ArchTest
  static final ArchRule whatFrontEndsShareKnowsNone =
      not("frontend..", "cli..", "server..", "jenkins..");

  @ArchTest
  static final ArchRule thePluginKnowsNoOtherFrontEnd =
      not("jenkins..", "cli..", "server..", "picocli..");

  @ArchTest
  static final ArchRule reportsUseTheGateAlone =
      only("report", "report", "gate", "check", "rollout", JACKSON, "javax.xml..", "org.w3c..");

  @ArchTest static final ArchRule theCommandKnowsNoJenkins = not("cli..", "jenkins..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching(BASE + "(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theEngineKnowsNoClockThreadFileOrNetwork =
      noClasses()
          .that()
          .resideInAnyPackage(BASE + "gate", BASE + "check", BASE + "rollout")
          .should()
          .dependOnClassesThat(
              inAny("java.net..", "java.nio..", "java.io..", "java.util.concurrent..")
                  .and(isNot("java.io.Serializable", "java.io.IOException"))
                  .or(named("java.lang.Thread", "java.time.Clock", "java.lang.System")));

  @ArchTest
  static final ArchRule nothingSleeps =
      noClasses().should().callMethod(Thread.class, "sleep", long.class);

  private static ArchRule only(String of, String... may) {
    return classes()
        .that()
        .resideInAPackage(BASE + of)
        .should()
        .onlyDependOnClassesThat(
            inAny(
                Stream.concat(Stream.of("java.."), Arrays.stream(may).map(ArchitectureTest::full))
                    .toArray(String[]::new)))
        .allowEmptyShould(true);
  }

  private static ArchRule not(String of, String... never) {
    return noClasses()
        .that()
        .resideInAPackage(BASE + of)
        .should()
        .dependOnClassesThat(
            inAny(Arrays.stream(never).map(ArchitectureTest::full).toArray(String[]::new)))
        .allowEmptyShould(true);
  }

  private static String full(String name) {
    boolean library =
        name.contains("..")
            && !name.matches("(evidence|host|gatefile|frontend|cli|server|jenkins)\\.\\.");
    return library ? name : BASE + name;
  }

  private static DescribedPredicate<JavaClass> inAny(String... packages) {
    return JavaClass.Predicates.resideInAnyPackage(packages);
  }

  private static DescribedPredicate<JavaClass> isNot(String... names) {
    return DescribedPredicate.not(named(names));
  }

  private static DescribedPredicate<JavaClass> named(String... names) {
    return new DescribedPredicate<>("called " + String.join(", ", names)) {
      @Override
      public boolean test(JavaClass type) {
        return Arrays.asList(names).contains(type.getFullName());
      }
    };
  }
}
