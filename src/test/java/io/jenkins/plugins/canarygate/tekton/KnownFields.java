package io.jenkins.plugins.canarygate.tekton;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether objects have only fields that Kubernetes has, by the client's types, which are generated
 * from its OpenAPI description.
 */
public final class KnownFields {
  private static final KubernetesSerialization TYPES = new KubernetesSerialization();

  private KnownFields() {}

  /** The paths of fields that Kubernetes does not have. */
  public static List<String> unknown(JsonNode object) {
    return unknown(TYPES.<Object>unmarshal(object.toString()));
  }

  /** The same of an object of the client's types. */
  public static List<String> unknown(Object object) {
    try {
      return unknown(object, object.getClass().getSimpleName(), new HashSet<>());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the types have no place for lands in maps that take anything. */
  private static List<String> unknown(Object value, String path, Set<Integer> seen)
      throws ReflectiveOperationException {
    List<String> found = new ArrayList<>();
    if (value instanceof Collection<?> items) {
      for (Object item : items) {
        found.addAll(unknown(item, path + "[]", seen));
      }
    } else if (value != null
        && value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model")
        && !value.getClass().isEnum()
        && seen.add(System.identityHashCode(value))) {
      for (Method method : value.getClass().getMethods()) {
        if (method.getParameterCount() > 0 || !method.getName().startsWith("get")) {
          continue;
        }
        Object inner = method.invoke(value);
        if (method.isAnnotationPresent(JsonAnyGetter.class)) {
          ((Map<?, ?>) inner).keySet().forEach(name -> found.add(path + "." + name));
        } else {
          found.addAll(unknown(inner, path + "." + method.getName().substring(3), seen));
        }
      }
    }
    return found;
  }
}
