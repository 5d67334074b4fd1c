package io.jenkins.plugins.canarygate.baddays;

import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.sandbox.kube.Rights;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What can be wrong with the cluster, the way to it, and the rights there. */
final class ClusterDays {
  private static final Set<String> READ = Set.of("get", "list", "watch");
  private static final String LEFT = "checkout: ERROR, left: ";
  private static final String TOO_LATE =
      "checkout: TIMEOUT, left: the gate point was not reached within 2s; ";
  private static final String ROLE = "metadata: {name: canary-gate, namespace: shop}";

  private ClusterDays() {}

  static List<BadDay> all() {
    List<BadDay> days = new ArrayList<>();
    kubeconfig(days);
    wayThere(days);
    inside(days);
    rights(days);
    return days;
  }

  private static void kubeconfig(List<BadDay> days) {
    misuse(
        days,
        "no kubeconfig",
        place -> place.env.remove("KUBECONFIG"),
        "there is no cluster to talk to: no --kubeconfig, no KUBECONFIG, no ~/.kube/config, and"
            + " this is no pod with a service account; name a kubeconfig with --kubeconfig");
    misuse(
        days,
        "a kubeconfig that is not there",
        place -> place.env.put("KUBECONFIG", place.folder + "/none"),
        "the kubeconfig FILE cannot be read; name one with --kubeconfig or KUBECONFIG");
    misuse(
        days,
        "a kubeconfig of garbage",
        place -> place.write("kubeconfig", "\u0001{[%"),
        "the kubeconfig FILE is none: it is not valid YAML, or its form is unknown; name another"
            + " with --kubeconfig or KUBECONFIG");
    misuse(
        days,
        "a kubeconfig of something else",
        place -> place.write("kubeconfig", "a: b\n"),
        "the kubeconfig FILE holds no context, so it is none; name another with --kubeconfig or"
            + " KUBECONFIG");
    misuse(
        days,
        "a kubeconfig without a current context",
        place ->
            place.write(
                "kubeconfig",
                Place.kubeconfig("http://127.0.0.1:1", "t").replace("current-context: here\n", "")),
        "the kubeconfig has no current context; name one with --context: NAME");
    for (String command : List.of("run", "plan")) {
      days.add(
          BadDay.of(
              "a wrong context",
              place -> {},
              command + " FOLDER/gate.yaml --context there",
              2,
              "the kubeconfig has no context called NAME; it has NAME; name one of them, or another"
                  + " kubeconfig"));
    }
  }

  private static void wayThere(List<BadDay> days) {
    unreachable(
        days,
        "nobody listens",
        place -> place.server("http://" + Place.nobodyListens()),
        "no answer from SERVER: the connection was refused or closed; look at the address and port,"
            + " and whether the way there needs a VPN or a proxy");
    unreachable(
        days,
        "a server of a name that nobody has",
        place -> place.server("https://cluster.invalid:6443"),
        "no answer from SERVER: its name is not known; look at the address in the kubeconfig and at"
            + " the DNS");
    unreachable(
        days,
        "a certificate that nobody trusts",
        place -> place.server(Certificates.untrustedServer()),
        "no answer from SERVER: its certificate is not trusted; give the kubeconfig the"
            + " certificate-authority-data of this cluster, and see whether a proxy answers in its"
            + " place");
  }

  private static void inside(List<BadDay> days) {
    Consumer<Place> expired = place -> place.server(place.sandbox.cluster().url());
    days.add(
        run(
            "an expired token",
            expired,
            1,
            LEFT
                + "SERVER does not accept the credentials (401): the token has expired or is wrong,"
                + " so renew it, or name another context"));
    days.add(
        plan(
            "an expired token",
            expired,
            "ERROR    cluster: SERVER does not accept the credentials (401)",
            "the token has expired or is wrong: renew it, or name another context"));
    Consumer<Place> noArgo = place -> place.sandbox.cluster().unserve(Resource.ROLLOUTS);
    days.add(
        run(
            "no Argo Rollouts",
            noArgo,
            1,
            LEFT
                + "SERVER does not serve rollouts.argoproj.io/v1alpha1 (404): name the context of"
                + " the right cluster, or install Argo Rollouts there"));
    days.add(
        plan(
            "no Argo Rollouts",
            noArgo,
            "ERROR    rollouts.argoproj.io/v1alpha1: the cluster does not serve it",
            "name the context of the right cluster, or install Argo Rollouts there"));
    Consumer<Place> noRollout = gate("name: checkout}\n    rev", "name: chekout}\n    rev");
    days.add(
        run(
            "no such Rollout",
            noRollout,
            12,
            TOO_LATE
                + "there is no Rollout NAME; see whether its name is right, or what deploys it"
                + " failed"));
    days.add(
        BadDay.of(
            "no such Rollout",
            noRollout,
            "plan FOLDER/gate.yaml",
            0,
            "WARNING  Rollout shop/chekout: there is no such Rollout yet",
            "nothing, if the pipeline makes it; its first deploy is never gated"));
    Consumer<Place> noNamespace = gate("namespace: shop", "namespace: shopp");
    days.add(
        run(
            "no such namespace",
            noNamespace,
            12,
            TOO_LATE
                + "there is no namespace NAMESPACE in SERVER; see whether it is the right cluster,"
                + " and the right name"));
    days.add(
        plan(
            "no such namespace",
            noNamespace,
            "ERROR    Rollout shopp/checkout: there is no namespace NAMESPACE in SERVER",
            "name the right namespace, or the context of the right cluster"));
  }

  private static void rights(List<BadDay> days) {
    String missing = " is missing (403); canary-gate plan prints the role that grants it";
    lacking(
        days,
        "no right to get rollouts",
        Set.of("replicasets", "analysisruns", "rollouts/status"),
        LEFT + "the right to get rollouts.argoproj.io in namespace NAMESPACE" + missing,
        "ERROR    right: get rollouts.argoproj.io in shop: missing, to follow the rollout",
        "- {apiGroups: [\"argoproj.io\"], resources: [\"rollouts\"], verbs: [\"get\", \"list\","
            + " \"watch\"]}");
    lacking(
        days,
        "no right to list ReplicaSets",
        Set.of("rollouts", "analysisruns", "rollouts/status"),
        LEFT + "the right to list replicasets.apps in namespace NAMESPACE" + missing,
        "ERROR    right: list replicasets.apps in shop: missing, to read the image of a revision",
        "- {apiGroups: [\"apps\"], resources: [\"replicasets\"], verbs: [\"get\", \"list\"]}");
    lacking(
        days,
        "no right to act",
        Set.of("rollouts", "replicasets", "analysisruns"),
        "checkout: PASS, notHonoured: 1 check is good; promote failed: it was refused: the"
            + " right to patch rollouts/status.argoproj.io in namespace NAMESPACE"
            + missing,
        "ERROR    right: patch rollouts/status.argoproj.io in shop: missing, to promote and to"
            + " abort",
        "- {apiGroups: [\"argoproj.io\"], resources: [\"rollouts/status\"], verbs: [\"patch\"]}");
  }

  private static void lacking(
      List<BadDay> days, String name, Set<String> granted, String run, String plan, String rule) {
    Consumer<Place> happens = place -> grant(place, granted);
    days.add(run(name, happens, 1, run));
    days.add(plan(name, happens, plan, ROLE, rule));
  }

  private static void grant(Place place, Set<String> resources) {
    Rights rights = place.sandbox.cluster().rights().none();
    for (String resource : resources) {
      String group = resource.equals("replicasets") ? "apps" : "argoproj.io";
      Set<String> verbs = resource.endsWith("/status") ? Set.of("patch") : READ;
      rights.grantIn("shop", group, Set.of(resource), verbs);
    }
  }

  private static Consumer<Place> gate(String text, String instead) {
    return place -> place.write("gate.yaml", Gates.USUAL.replace(text, instead));
  }

  private static void misuse(List<BadDay> days, String name, Consumer<Place> happens, String says) {
    days.add(run(name, happens, 2, says));
    days.add(BadDay.of(name, happens, "plan FOLDER/gate.yaml", 2, says));
  }

  private static void unreachable(
      List<BadDay> days, String name, Consumer<Place> happens, String says) {
    days.add(
        run(
            name,
            happens,
            12,
            says,
            "the rollout could not be looked at, trying again: " + says,
            TOO_LATE + "Rollout NAME was never seen; the last look failed: " + says));
    days.add(plan(name, happens, "ERROR    cluster: " + says));
  }

  private static BadDay run(String name, Consumer<Place> happens, int code, String... says) {
    return BadDay.of(name, happens, "run FOLDER/gate.yaml", code, says);
  }

  private static BadDay plan(String name, Consumer<Place> happens, String... says) {
    return BadDay.of(name, happens, "plan FOLDER/gate.yaml", 1, says);
  }
}
