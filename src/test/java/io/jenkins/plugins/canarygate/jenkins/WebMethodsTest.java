package io.jenkins.plugins.canarygate.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import hudson.model.PeriodicWork;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

/** What a browser can call asks for a permission, and changes nothing by following a link. */
class WebMethodsTest {
  /** Answer from a run that Jenkins has already looked whether the caller may read. */
  private static final Set<String> READING = Set.of("doReportJson", "doReportMarkdown", "doJunit");

  private static List<JavaMethod> methods() {
    JavaClasses classes =
        new ClassFileImporter()
            .importPath(Path.of("target/classes/io/jenkins/plugins/canarygate/jenkins"));
    return classes.stream()
        .flatMap(type -> type.getMethods().stream())
        .filter(method -> method.getName().matches("do[A-Z]\\w*"))
        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
        .filter(method -> !method.getOwner().isAssignableTo(PeriodicWork.class))
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> isPostedOrMarkedAsReading() {
    assertThat(methods()).isNotEmpty();
    return methods().stream()
        .map(
            method ->
                DynamicTest.dynamicTest(
                    method.getFullName(),
                    () ->
                        assertThat(
                                method.isAnnotatedWith(POST.class)
                                    || method.isAnnotatedWith(RequirePOST.class)
                                    || method.isAnnotatedWith(GET.class)
                                    || READING.contains(method.getName()))
                            .as(method.getFullName())
                            .isTrue()));
  }

  /** One without parameters hands out words that stand in its own form. */
  @TestFactory
  Stream<DynamicTest> asksForAPermissionBeforeItUsesWhatItIsGiven() {
    return methods().stream()
        .filter(method -> !method.getRawParameterTypes().isEmpty())
        .map(
            method ->
                DynamicTest.dynamicTest(
                    method.getFullName(), () -> assertThat(asks(method, 3)).isTrue()));
  }

  private static boolean asks(JavaCodeUnit method, int depth) {
    return method.getCallsFromSelf().stream()
        .anyMatch(
            call ->
                call.getName().matches("(check|has)Permission")
                    || depth > 0
                        && call.getTarget()
                            .resolveMember()
                            .filter(JavaCodeUnit.class::isInstance)
                            .filter(
                                called -> called.getOwner().getPackageName().contains(".jenkins"))
                            .map(called -> asks((JavaCodeUnit) called, depth - 1))
                            .orElse(false));
  }
}
