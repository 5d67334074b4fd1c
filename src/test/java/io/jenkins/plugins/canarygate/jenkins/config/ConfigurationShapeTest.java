package io.jenkins.plugins.canarygate.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.AdministrativeMonitor;
import hudson.model.Descriptor;
import hudson.util.Secret;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jenkinsci.Symbol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What Jenkins and Configuration as Code rely on without a compiler to hold it. */
class ConfigurationShapeTest {
  static final List<Class<?>> CONFIGURED = Described.CONFIGURED;

  private static final List<Class<? extends AdministrativeMonitor>> MONITORS =
      List.of(
          AbandonedGatesMonitor.class, ActingStoppedMonitor.class, TroubledClustersMonitor.class);

  @ParameterizedTest
  @FieldSource("CONFIGURED")
  void everythingThatCanBeGivenCanBeReadBack(Class<?> type) {
    Described.attributes(type)
        .forEach(
            (name, attribute) ->
                assertThat(Described.getter(type, name).getGenericReturnType())
                    .as(type.getSimpleName() + "." + name)
                    .isEqualTo(attribute));
  }

  @ParameterizedTest
  @FieldSource("CONFIGURED")
  void everythingThatIsSavedCanBeGiven(Class<?> type) {
    assertThat(Described.attributes(type).keySet())
        .isEqualTo(new HashSet<>(saved(type).map(Field::getName).toList()));
  }

  @ParameterizedTest
  @FieldSource("CONFIGURED")
  void nothingSavedIsARecordAnObjectOrASecret(Class<?> type) {
    assertThat(saved(type))
        .allSatisfy(
            field -> {
              assertThat(field.getType().isRecord()).as(field.toString()).isFalse();
              assertThat(field.getType()).isNotIn(Object.class, Secret.class);
              assertThat(field.getGenericType().getTypeName())
                  .matches(
                      "int|boolean|java\\.lang\\.String"
                          + "|(java\\.util\\.List<)?io\\.jenkins\\.plugins\\.canarygate\\.jenkins"
                          + "\\.config\\.\\w+Configuration>?");
            });
  }

  private static Stream<Field> saved(Class<?> type) {
    return Stream.of(type.getDeclaredFields())
        .filter(field -> !Modifier.isStatic(field.getModifiers()))
        .filter(field -> !Modifier.isTransient(field.getModifiers()));
  }

  @Test
  void everyTypeHasASymbolOfItsOwn() {
    Set<String> symbols = new HashSet<>();
    for (Class<?> type : Described.CONFIGURED) {
      Symbol symbol = descriptor(type).getAnnotation(Symbol.class);
      assertThat(symbol).as(type.getSimpleName()).isNotNull();
      for (String name : symbol.value()) {
        assertThat(name).startsWith("canaryGate");
        assertThat(symbols.add(name)).as(name).isTrue();
      }
    }
  }

  @Test
  void everyWebMethodIsReachedByPostAlone() {
    List<Method> methods = webMethods();
    assertThat(methods).hasSizeGreaterThan(15);
    assertThat(methods)
        .allSatisfy(method -> assertThat(method.isAnnotationPresent(POST.class)).isTrue());
  }

  @Test
  void everyParameterOfAWebMethodComesFromTheQuery() {
    assertThat(webMethods().stream().flatMap(method -> Stream.of(method.getParameters())))
        .allSatisfy(
            (Parameter parameter) ->
                assertThat(parameter.isAnnotationPresent(QueryParameter.class))
                    .as(parameter.toString())
                    .isTrue());
  }

  /** A check of a field that is none would never be called. */
  @ParameterizedTest
  @FieldSource("CONFIGURED")
  void everyCheckIsOfAFieldThatThereIs(Class<?> type) {
    assertThat(
            webMethods(descriptor(type))
                .map(Method::getName)
                .filter(name -> name.startsWith("doCheck") || name.startsWith("doFill"))
                .map(name -> name.replaceAll("^do(Check|Fill)|Items$", "")))
        .allSatisfy(
            field ->
                assertThat(Described.attributes(type).keySet().stream().map(String::toLowerCase))
                    .contains(field.toLowerCase(java.util.Locale.ROOT)));
  }

  private static List<Method> webMethods() {
    return Stream.concat(
            Described.CONFIGURED.stream().map(ConfigurationShapeTest::descriptor),
            MONITORS.stream())
        .flatMap(ConfigurationShapeTest::webMethods)
        .toList();
  }

  private static Stream<Method> webMethods(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .filter(method -> !method.isSynthetic())
        .filter(method -> method.getName().matches("do[A-Z].*"));
  }

  private static Class<?> descriptor(Class<?> type) {
    return Descriptor.class.isAssignableFrom(type)
        ? type
        : Stream.of(type.getDeclaredClasses())
            .filter(Descriptor.class::isAssignableFrom)
            .findFirst()
            .orElseThrow(() -> new AssertionError(type + " has no descriptor"));
  }
}
