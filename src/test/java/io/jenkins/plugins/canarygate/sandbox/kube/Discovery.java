package io.jenkins.plugins.canarygate.sandbox.kube;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Answer;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What a server says of itself. */
final class Discovery {
  private static final List<String> VERBS =
      List.of("create", "delete", "get", "list", "patch", "update", "watch");

  private Discovery() {}

  static boolean isAbout(String[] parts) {
    return switch (parts.length) {
      case 0 -> true;
      case 1 -> List.of("version", "api", "apis", "healthz", "readyz", "livez").contains(parts[0]);
      case 2 -> parts[0].equals("api") || parts[0].equals("apis");
      case 3 -> parts[0].equals("apis");
      default -> false;
    };
  }

  static Answer answer(String[] parts, Collection<Resource> served) {
    if (parts.length == 0) {
      return Answer.json(200, Json.of("{'paths':['/api','/api/v1','/apis','/version']}"));
    }
    return switch (parts[0]) {
      case "version" -> Answer.json(200, version());
      case "healthz", "readyz", "livez" ->
          new Answer(200, "text/plain", java.util.Map.of(), new byte[] {'o', 'k'});
      case "api" -> Answer.json(200, parts.length == 1 ? core() : resources("", "v1", served));
      default ->
          Answer.json(
              200,
              switch (parts.length) {
                case 1 -> groups(served);
                case 2 -> group(parts[1], served).orElseThrow(ApiError::noSuchPath);
                default -> resources(parts[1], parts[2], served);
              });
    };
  }

  private static ObjectNode version() {
    return Json.of(
        "{'major':'1','minor':'33','gitVersion':'v1.33.0','gitCommit':'sandbox',"
            + "'gitTreeState':'clean','buildDate':'2025-04-23T13:00:00Z',"
            + "'goVersion':'go1.24.2','compiler':'gc','platform':'linux/amd64'}");
  }

  private static ObjectNode core() {
    return Json.of("{'kind':'APIVersions','versions':['v1'],'serverAddressByClientCIDRs':[]}");
  }

  private static ObjectNode groups(Collection<Resource> served) {
    ObjectNode list = Json.of("{'kind':'APIGroupList','apiVersion':'v1'}");
    ArrayNode groups = list.putArray("groups");
    served.stream()
        .map(Resource::group)
        .filter(name -> !name.isEmpty())
        .distinct()
        .forEach(
            name -> {
              ObjectNode group = group(name, served).orElseThrow();
              groups.add(group.without(List.of("kind", "apiVersion")));
            });
    return list;
  }

  private static Optional<ObjectNode> group(String name, Collection<Resource> served) {
    List<String> versions =
        served.stream()
            .filter(resource -> resource.group().equals(name))
            .map(Resource::version)
            .distinct()
            .toList();
    if (versions.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode group = Json.of("{'kind':'APIGroup','apiVersion':'v1'}");
    group.put("name", name);
    ArrayNode list = group.putArray("versions");
    for (String version : versions) {
      list.addObject().put("groupVersion", name + "/" + version).put("version", version);
    }
    group.set("preferredVersion", list.get(0));
    return Optional.of(group);
  }

  private static ObjectNode resources(String group, String version, Collection<Resource> served) {
    ObjectNode list = Json.of("{'kind':'APIResourceList','apiVersion':'v1'}");
    list.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
    ArrayNode resources = list.putArray("resources");
    for (Resource resource : served) {
      if (resource.group().equals(group) && resource.version().equals(version)) {
        describe(resources.addObject(), resource, resource.plural(), VERBS);
        if (resource.statusSubresource()) {
          describe(
              resources.addObject(),
              resource,
              resource.plural() + "/status",
              List.of("get", "patch", "update"));
        }
      }
    }
    if (resources.isEmpty()) {
      throw ApiError.noSuchPath();
    }
    return list;
  }

  private static void describe(
      ObjectNode node, Resource resource, String name, List<String> verbs) {
    node.put("name", name)
        .put("singularName", name.contains("/") ? "" : resource.singular())
        .put("namespaced", resource.namespaced())
        .put("kind", resource.kind());
    ArrayNode list = node.putArray("verbs");
    verbs.forEach(list::add);
  }
}
