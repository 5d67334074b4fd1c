package io.jenkins.plugins.canarygate.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The example in the documentation, bound as Configuration as Code binds it. */
class CascExampleTest {
  private final Map<Class<?>, Set<String>> given = new HashMap<>();

  @Test
  void everyFieldThatThereIsStandsInTheExampleAndNoOther() throws Exception {
    bind(CanaryGateConfiguration.class, null, Example.canaryGate());

    for (Class<?> type : Described.CONFIGURED) {
      assertThat(given.get(type)).as(type.getSimpleName()).isEqualTo(fields(type));
    }
  }

  @Test
  void theExampleCouldBeSaved() throws Exception {
    Map<?, ?> example = Example.canaryGate();

    assertThat(Fault.ofClusters(list(ClusterConfiguration.class, example.get("clusters"))))
        .isEmpty();
    assertThat(Fault.ofHoneycombs(list(HoneycombConfiguration.class, example.get("honeycombs"))))
        .isEmpty();
    assertThat(
            Fault.ofPrometheusServers(
                list(PrometheusConfiguration.class, example.get("prometheusServers"))))
        .isEmpty();
  }

  @Test
  void noSecretStandsInTheExample() {
    assertThat(Example.text().lines().filter(line -> line.matches(".*secret\\w*: .*")))
        .isNotEmpty()
        .allMatch(line -> line.contains(": ${"));
  }

  private static Set<String> fields(Class<?> type) {
    return Described.attributes(type).keySet();
  }

  private <T> List<T> list(Class<T> type, Object yaml) throws Exception {
    return ((List<?>) yaml).stream().map(each -> type.cast(bound(type, (Map<?, ?>) each))).toList();
  }

  private Object bound(Class<?> type, Map<?, ?> yaml) {
    try {
      Object made =
          type == AllowanceConfiguration.class
              ? new AllowanceConfiguration(
                  (String) yaml.get("jobs"), (String) yaml.get("namespaces"))
              : Stream.of(type.getConstructors())
                  .findFirst()
                  .orElseThrow()
                  .newInstance(
                      yaml.containsKey("name") ? new Object[] {yaml.get("name")} : new Object[0]);
      bind(type, made, yaml);
      return made;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Sets what is given; without an object only looks whether it could be. */
  private void bind(Class<?> type, Object into, Map<?, ?> yaml)
      throws ReflectiveOperationException {
    for (Map.Entry<?, ?> entry : yaml.entrySet()) {
      String name = entry.getKey().toString();
      assertThat(Described.attributes(type)).as(type.getSimpleName()).containsKey(name);
      given.computeIfAbsent(type, ignored -> new HashSet<>()).add(name);
      Type attribute = Described.attributes(type).get(name);
      Object value = value(attribute, entry.getValue());
      if (into != null) {
        String setter = "set" + name.substring(0, 1).toUpperCase() + name.substring(1);
        for (var method : type.getMethods()) {
          if (method.getName().equals(setter)) {
            method.invoke(into, value);
          }
        }
      }
    }
  }

  private Object value(Type type, Object yaml) {
    if (type instanceof ParameterizedType list) {
      Class<?> element = (Class<?>) list.getActualTypeArguments()[0];
      return ((List<?>) yaml).stream().map(each -> bound(element, (Map<?, ?>) each)).toList();
    }
    return yaml instanceof Map<?, ?> map ? bound((Class<?>) type, map) : yaml;
  }
}
