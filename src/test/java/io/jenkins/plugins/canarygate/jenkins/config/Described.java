package io.jenkins.plugins.canarygate.jenkins.config;

import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** What data binding, and with it Configuration as Code, sees of a class. */
final class Described {
  static final List<Class<?>> BOUND =
      List.of(
          AllowanceConfiguration.class,
          ClusterConfiguration.class,
          HoneycombConfiguration.class,
          LimitsConfiguration.class,
          PolicyFloorConfiguration.class,
          PrometheusConfiguration.class);

  /** All that an administrator configures. */
  static final List<Class<?>> CONFIGURED =
      Stream.concat(Stream.of(CanaryGateConfiguration.class), BOUND.stream()).toList();

  private Described() {}

  /** The names that can be given, with their types. */
  static Map<String, java.lang.reflect.Type> attributes(Class<?> type) {
    Map<String, java.lang.reflect.Type> attributes = new TreeMap<>();
    Stream.of(type.getConstructors())
        .filter(constructor -> constructor.isAnnotationPresent(DataBoundConstructor.class))
        .flatMap(constructor -> Stream.of(constructor.getParameters()))
        .forEach(
            (Parameter parameter) ->
                attributes.put(parameter.getName(), parameter.getParameterizedType()));
    Stream.of(type.getMethods())
        .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
        .forEach(
            setter -> {
              String name = setter.getName().substring(3);
              attributes.put(
                  name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1),
                  setter.getGenericParameterTypes()[0]);
            });
    return attributes;
  }
}
