package io.jenkins.plugins.canarygate.sandbox.kube;

import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Request;
import java.util.Collection;
import java.util.Optional;

/** Says what a request to the Kubernetes API asks. */
final class Calls {
  private Calls() {}

  /**
   * A watch that would like a web socket. As through a proxy that knows none it is answered 200,
   * upon which fabric8's client asks again for a stream: faults are for that second request.
   */
  static boolean isSocket(Request request) {
    return request.header("upgrade").filter("websocket"::equalsIgnoreCase).isPresent();
  }

  static boolean isWatch(Request request) {
    return request.method().equals("GET")
        && request
            .param("watch")
            .filter(v -> v.isEmpty() || v.equals("true") || v.equals("1"))
            .isPresent();
  }

  static Call of(Request request, Collection<Resource> served) {
    if (isSocket(request)) {
      return Call.OTHER;
    }
    if (request.path().endsWith("/selfsubjectaccessreviews")) {
      return Call.SSAR;
    }
    if (request.path().equals("/version")) {
      return Call.VERSION;
    }
    if (Discovery.isAbout(request.parts())) {
      return Call.DISCOVERY;
    }
    Optional<Target> target = Target.of(request.parts(), served);
    if (target.isEmpty()) {
      return Call.OTHER;
    }
    boolean status = target.get().isStatus();
    return switch (request.method()) {
      case "GET" -> isWatch(request) ? Call.WATCH : read(target.get());
      case "POST" -> Call.CREATE;
      case "PUT" -> status ? Call.UPDATE_STATUS : Call.UPDATE;
      case "PATCH" -> status ? Call.PATCH_STATUS : Call.PATCH;
      case "DELETE" -> Call.DELETE;
      default -> Call.OTHER;
    };
  }

  private static Call read(Target target) {
    boolean one = target.name().isPresent();
    return switch (target.resource().plural()) {
      case "rollouts" -> one ? Call.GET_ROLLOUT : Call.LIST_ROLLOUTS;
      case "replicasets" -> one ? Call.GET_REPLICASET : Call.LIST_REPLICASETS;
      case "analysisruns" -> one ? Call.GET_ANALYSISRUN : Call.LIST_ANALYSISRUNS;
      case "canaries" -> one ? Call.GET_CANARY : Call.LIST_CANARIES;
      case "deployments", "daemonsets" -> one ? Call.GET_WORKLOAD : Call.LIST_WORKLOADS;
      case "leases" -> one ? Call.GET_LEASE : Call.LIST_OTHER;
      default -> one ? Call.GET_OTHER : Call.LIST_OTHER;
    };
  }

  /** The verb that rights name it by. */
  static String verb(Request request, Target target) {
    return switch (request.method()) {
      case "GET" -> isWatch(request) ? "watch" : target.name().isPresent() ? "get" : "list";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> "delete";
      default -> throw ApiError.methodNotAllowed();
    };
  }
}
