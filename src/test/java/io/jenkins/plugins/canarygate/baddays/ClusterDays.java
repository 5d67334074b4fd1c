package io.jenkins.plugins.canarygate.baddays;

import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.sandbox.kube.Rights;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What can be wrong with the cluster, the way to it, and the rights there. */
final class ClusterDays {
  private static final String ROLLOUTS = "argoproj.io";
  private static final Set<String> READ = Set.of("get", "list", "watch");

  private ClusterDays() {}

  static List<BadDay> all() {
    List<BadDay> days = new ArrayList<>();
    both(days, "no kubeconfig", p -> p.env.remove("KUBECONFIG"), 2, 2);
    both(days, "a kubeconfig that is not there", p -> p.env.put("KUBECONFIG", p.folder + "/none"), 2, 2);
    both(days, "a kubeconfig of garbage", p -> p.write("kubeconfig", "\u0001{[%"), 2, 2);
    both(days, "a kubeconfig of something else", p -> p.write("kubeconfig", "a: b\n"), 2, 2);
    both(days, "an empty kubeconfig", p -> p.write("kubeconfig", ""), 2, 2);
    both(days, "a wrong context", p -> {}, 2, 2, " --context there");
    both(days, "nobody listens", p -> p.server("http://" + Place.nobodyListens()), 12, 1);
    both(days, "a name nobody has", p -> p.server("https://cluster.invalid:6443"), 12, 1);
    both(days, "a certificate nobody trusts", ClusterDays::untrusted, 12, 1);
    both(days, "an expired token", p -> p.server(p.sandbox.cluster().url()), 1, 1);
    both(days, "no Argo Rollouts", p -> p.sandbox.cluster().unserve(Resource.ROLLOUTS), 1, 1);
    both(days, "no right to get rollouts", p -> rights(p, "replicasets", "analysisruns", "rollouts/status"), 1, 1);
    both(days, "no right to list ReplicaSets", p -> rights(p, "rollouts", "analysisruns", "rollouts/status"), 1, 1);
    both(days, "no right to act", p -> rights(p, "rollouts", "replicasets", "analysisruns"), 1, 1);
    both(days, "no such Rollout", p -> p.write("gate.yaml", Gates.USUAL.replace("name: checkout}\n    revision", "name: chekout}\n    revision")), 12, 0);
    both(days, "no such namespace", p -> p.write("gate.yaml", Gates.USUAL.replace("namespace: shop", "namespace: shopp")), 12, 1);
    return days;
  }

  private static void both(List<BadDay> days, String name, Consumer<Place> happens, int run, int plan, String... more) {
    String flags = String.join("", more);
    days.add(BadDay.of(name, happens, "run FOLDER/gate.yaml" + flags, run));
    days.add(BadDay.of(name, happens, "plan FOLDER/gate.yaml" + flags, plan));
  }

  private static void rights(Place place, String... resources) {
    Rights rights = place.sandbox.cluster().rights().none();
    for (String resource : resources) {
      String group = resource.equals("replicasets") ? "apps" : ROLLOUTS;
      rights.grantIn("shop", group, Set.of(resource), resource.contains("/") ? Set.of("patch") : READ);
    }
    rights.grant("", Set.of("namespaces"), Set.of("get"));
  }

  private static void untrusted(Place place) {
    place.server(Certificates.untrustedServer());
  }
}
