package io.jenkins.plugins.canarygate.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.check.Finding;
import java.util.List;

/** What {@code plan} says of a cluster before it looks at any object in it. */
public final class ClusterFindings {
  private final KubeApi api;
  private final List<Finding> findings;

  /**
   * @param findings where what is found goes
   */
  public ClusterFindings(KubeApi api, List<Finding> findings) {
    this.api = api;
    this.findings = findings;
  }

  /** What to say where no answer came. */
  public static Finding unanswered(KubeApi.NoAnswerException e) {
    return Finding.error(
        "cluster",
        e.getMessage(),
        "see whether the address is right and can be reached from here, through a proxy or VPN if"
            + " need be");
  }

  /**
   * Whether it answers as an API server does.
   *
   * @throws KubeApi.NoAnswerException if it does not answer at all
   */
  public boolean server() throws KubeApi.NoAnswerException {
    KubeApi.Answer answer = api.get("/version");
    if (answer.code() == 401) {
      findings.add(unaccepted());
      return false;
    }
    String version = answer.body().path("gitVersion").asText("");
    if (answer.ok() && version.isEmpty()) {
      findings.add(
          Finding.error(
              "cluster",
              api.server() + " answers, but not as a Kubernetes API server",
              "name the address of the API server; a proxy or login page may be in between"));
      return false;
    }
    // A server may keep its version to itself; what follows tells whether it can be used.
    findings.add(
        answer.ok()
            ? Finding.ok("cluster", api.server() + ", Kubernetes " + version)
            : Finding.warning(
                "cluster",
                api.server() + " does not tell its version (" + answer.code() + ")",
                "nothing, if what follows is well"));
    return true;
  }

  /**
   * Whether it serves a kind of object.
   *
   * @throws KubeApi.NoAnswerException if it does not answer at all
   */
  public boolean serves(ResourceKind kind) throws KubeApi.NoAnswerException {
    KubeApi.Answer answer = api.get(kind.groupPath());
    if (answer.code() == 401) {
      findings.add(unaccepted());
      return false;
    }
    for (JsonNode resource : answer.body().path("resources")) {
      if (resource.path("name").asText("").equals(kind.plural())) {
        findings.add(Finding.ok(kind.versioned(), "served"));
        return true;
      }
    }
    if (answer.ok() || answer.code() == 404) {
      findings.add(
          Finding.error(
              kind.versioned(),
              "the cluster does not serve it",
              "name the context of the right cluster, or install " + kind.product() + " there"));
      return false;
    }
    findings.add(
        Finding.warning(
            kind.versioned(),
            "could not be found out (" + answer.code() + ")",
            "nothing, if the " + kind.kind() + " is found below"));
    return true;
  }

  private Finding unaccepted() {
    return Finding.error(
        "cluster",
        api.server() + " does not accept the credentials (401)",
        "the token has expired or is wrong: renew it, or name another context");
  }
}
