package io.jenkins.plugins.canarygate.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Describable;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jenkinsci.Symbol;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** What is configured can be set by a form and by code, read back, saved, and is explained. */
class SavedConfigurationTest {
  private static final Path RESOURCES = Path.of("src/main/resources");

  static Stream<Class<?>> classes() {
    return Stream.of(
        CanaryGateConfiguration.class,
        ClusterConfiguration.class,
        HoneycombConfiguration.class,
        PrometheusConfiguration.class,
        AllowanceConfiguration.class,
        PolicyFloorConfiguration.class,
        LimitsConfiguration.class);
  }

  /** What can be set from outside, by name. */
  private static Map<String, Type> bound(Class<?> type) {
    Map<String, Type> bound = new TreeMap<>();
    for (Constructor<?> constructor : type.getConstructors()) {
      if (constructor.isAnnotationPresent(DataBoundConstructor.class)) {
        for (Parameter parameter : constructor.getParameters()) {
          bound.put(parameter.getName(), parameter.getParameterizedType());
        }
      }
    }
    for (Method method : type.getMethods()) {
      if (method.isAnnotationPresent(DataBoundSetter.class)) {
        String name = method.getName().substring("set".length());
        bound.put(
            name.substring(0, 1).toLowerCase() + name.substring(1),
            method.getGenericParameterTypes()[0]);
      }
    }
    return bound;
  }

  private static List<Field> saved(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields())
        .filter(
            f -> !Modifier.isStatic(f.getModifiers()) && !Modifier.isTransient(f.getModifiers()))
        .filter(f -> !f.isSynthetic())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("classes")
  void whatIsSetCanBeReadBackAsTheSameType(Class<?> type) throws NoSuchMethodException {
    assertThat(bound(type)).isNotEmpty();
    for (Map.Entry<String, Type> each : bound(type).entrySet()) {
      String name = each.getKey().substring(0, 1).toUpperCase() + each.getKey().substring(1);
      String getter = (each.getValue() == boolean.class ? "is" : "get") + name;
      assertThat(type.getMethod(getter).getGenericReturnType())
          .as(getter)
          .isEqualTo(each.getValue());
    }
  }

  @ParameterizedTest
  @MethodSource("classes")
  void whatIsSavedIsWhatCanBeSet(Class<?> type) {
    assertThat(saved(type)).extracting(Field::getName).hasSameElementsAs(bound(type).keySet());
  }

  @ParameterizedTest
  @MethodSource("classes")
  void whatIsSavedIsTextNumbersAndPlainClassesOfOurs(Class<?> type) {
    for (Field field : saved(type)) {
      Type what = field.getGenericType();
      if (what instanceof ParameterizedType list) {
        assertThat(list.getRawType()).as(field.toString()).isEqualTo(List.class);
        what = list.getActualTypeArguments()[0];
      }
      Class<?> plain = (Class<?>) what;
      assertThat(plain.isRecord()).as(field + " would be read back as null").isFalse();
      if (!List.of(String.class, int.class, boolean.class).contains(plain)) {
        assertThat(plain).as(field.toString()).isIn(classes().toArray());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("classes")
  void eachTypeHasASymbolForConfigurationAsCode(Class<?> type) throws ClassNotFoundException {
    Class<?> descriptor =
        Describable.class.isAssignableFrom(type) && type != CanaryGateConfiguration.class
            ? Class.forName(type.getName() + "$DescriptorImpl")
            : type;
    assertThat(descriptor.getAnnotation(Symbol.class).value())
        .singleElement()
        .asString()
        .startsWith("canaryGate");
  }

  @ParameterizedTest
  @MethodSource("classes")
  void eachFieldIsInTheFormAndHasHelpInEachLanguage(Class<?> type) throws IOException {
    Path views = RESOURCES.resolve(type.getName().replace('.', '/'));
    String form = Files.readString(views.resolve("config.jelly"));
    for (String field : bound(type).keySet()) {
      assertThat(form).contains("field=\"" + field + "\"");
      for (String language : List.of("", "_de", "_zh_CN")) {
        assertThat(views.resolve("help-" + field + language + ".html")).exists();
      }
    }
  }
}
