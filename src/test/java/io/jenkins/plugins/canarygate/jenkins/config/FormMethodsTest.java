package io.jenkins.plugins.canarygate.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.kohsuke.stapler.QueryParameter;

/** What a form calls by name, without a compiler to hold it. */
class FormMethodsTest {
  static final List<Class<?>> CONFIGURED = Described.CONFIGURED;

  /** A check of a field that is none would never be called. */
  @ParameterizedTest
  @FieldSource("CONFIGURED")
  void everyCheckAndFillIsOfAFieldThatThereIs(Class<?> type) {
    Set<String> fields =
        Described.attributes(type).keySet().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());

    assertThat(
            methods(type)
                .map(Method::getName)
                .filter(name -> name.matches("do(Check|Fill).*"))
                .map(name -> name.replaceAll("^do(Check|Fill)|Items$", ""))
                .map(name -> name.toLowerCase(Locale.ROOT)))
        .isSubsetOf(fields);
  }

  @ParameterizedTest
  @FieldSource("CONFIGURED")
  void everyParameterComesFromTheQuery(Class<?> type) {
    assertThat(methods(type).flatMap(method -> Stream.of(method.getParameters())))
        .allSatisfy(
            (Parameter parameter) ->
                assertThat(parameter.isAnnotationPresent(QueryParameter.class))
                    .as(parameter.toString())
                    .isTrue());
  }

  private static Stream<Method> methods(Class<?> type) {
    return Stream.concat(Stream.of(type), Stream.of(type.getDeclaredClasses()))
        .filter(Descriptor.class::isAssignableFrom)
        .flatMap(descriptor -> Stream.of(descriptor.getDeclaredMethods()))
        .filter(method -> method.getName().matches("do[A-Z].*"));
  }
}
