package io.jenkins.plugins.canarygate.rollout.flagger;

import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Target;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the hooks by which Flagger asks the gate server are there (rule FL7). From outside the
 * cluster only their shape can be seen: which of them are ours is told by their path.
 */
final class HookPreflight {
  private static final int RETRIES = 2;
  private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(5);
  private static final String SERVER = "http://canary-gate.canary-gate:8081";
  private final Target target;
  private final Analysis analysis;
  private final Unattended unattended;
  private final GateNeeds needs;
  private final List<Finding> findings = new ArrayList<>();

  HookPreflight(Target target, CanaryView canary, GateNeeds needs) {
    this.target = target;
    this.analysis = canary.analysis();
    this.unattended = Unattended.of(canary);
    this.needs = needs;
  }

  List<Finding> examine() {
    boolean promotion = target.at().kind() != At.Kind.PROGRESSING;
    List<Webhook> found = new ArrayList<>();
    ours(Hook.CONFIRM_PROMOTION, promotion).ifPresent(found::add);
    if (promotion) {
      last();
    } else if (!found.isEmpty()) {
      neverPromoted();
    }
    ours(Hook.ROLLBACK, needs.aborts()).ifPresent(found::add);
    ours(Hook.CONFIRM_ROLLOUT, false).ifPresent(found::add);
    ours(Hook.CONFIRM_TRAFFIC_INCREASE, false).ifPresent(found::add);
    if (!found.isEmpty()) {
      oneServer(found);
      findings.add(
          Finding.warning(
              "hooks",
              "whether Flagger reaches "
                  + server(found.get(0)).orElse("the gate server")
                  + " cannot be seen from here",
              "from a pod in Flagger's namespace: curl -sS -X POST -d '{\"name\":\""
                  + target.name()
                  + "\",\"namespace\":\""
                  + target.namespace()
                  + "\"}' "
                  + found.get(0).url()
                  + "; an answer of 200 or 403 is the gate server's"));
    }
    return findings;
  }

  private Optional<Webhook> ours(Hook hook, boolean needed) {
    List<Webhook> ofType = analysis.webhooks(hook.type());
    Optional<Webhook> ours = ofType.stream().filter(w -> isOurs(hook, w)).findFirst();
    if (ours.isPresent()) {
      findings.add(Finding.ok("hook " + hook.type(), ours.get().name() + ": " + ours.get().url()));
      patience(hook, ours.get());
      return ours;
    }
    if (needed) {
      String others =
          ofType.isEmpty()
              ? "the Canary has none"
              : "none of its " + ofType.size() + " asks " + hook.path() + " of a gate server";
      findings.add(Finding.error("hook " + hook.type(), others, yaml(hook)));
    }
    return Optional.empty();
  }

  static boolean isOurs(Hook hook, Webhook webhook) {
    return uri(webhook)
        .filter(uri -> uri.getHost() != null && hook.path().equals(uri.getPath()))
        .isPresent();
  }

  /** Flagger copies what the target holds when the last hook has agreed. */
  private void last() {
    List<Webhook> hooks = analysis.webhooks(Hook.CONFIRM_PROMOTION.type());
    boolean ours = hooks.stream().anyMatch(hook -> isOurs(Hook.CONFIRM_PROMOTION, hook));
    if (ours && !isOurs(Hook.CONFIRM_PROMOTION, hooks.get(hooks.size() - 1))) {
      findings.add(
          Finding.error(
              "hook confirm-promotion",
              "ours is not the last one: "
                  + hooks.get(hooks.size() - 1).name()
                  + " is asked after it, and what is deployed meanwhile would be promoted unjudged",
              "move ours behind all other webhooks of this type"));
    }
  }

  /** Our hook says no until a gate has decided, and a gate at progressing decides no promotion. */
  private void neverPromoted() {
    if (unattended.allowAfter().isEmpty()) {
      findings.add(
          Finding.warning(
              "hook confirm-promotion",
              "asks the gate server, and this gate never promotes: Flagger waits there until"
                  + " another gate decides",
              "run a gate at the promotion too"));
    }
  }

  private void patience(Hook hook, Webhook ours) {
    if (ours.retries() < RETRIES) {
      findings.add(
          Finding.warning(
              "hook " + hook.type(),
              ours.name()
                  + " has retries: "
                  + ours.retries()
                  + ", so that one lost request is a no"
                  + (hook == Hook.CONFIRM_PROMOTION
                      ? "; in blue/green that may come when the canary has all traffic already"
                      : ""),
              "give it retries: 3"));
    }
    if (ours.timeout().compareTo(SHORTEST_TIMEOUT) < 0) {
      findings.add(
          Finding.warning(
              "hook " + hook.type(),
              ours.name()
                  + " waits "
                  + ours.timeout().toMillis()
                  + " ms for an answer, and a yes takes a look at the cluster",
              "give it timeout: 10s"));
    }
  }

  private void oneServer(List<Webhook> found) {
    List<String> servers =
        found.stream().flatMap(hook -> server(hook).stream()).distinct().toList();
    if (servers.size() > 1) {
      findings.add(
          Finding.warning(
              "hooks",
              "they ask different servers: " + String.join(", ", servers),
              "see whether that is meant"));
    }
  }

  private static Optional<String> server(Webhook hook) {
    return uri(hook).map(uri -> uri.getScheme() + "://" + uri.getRawAuthority());
  }

  private static Optional<URI> uri(Webhook hook) {
    try {
      return Optional.of(URI.create(hook.url()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A webhook ready to add, at the server that the others ask. */
  private String yaml(Hook hook) {
    String server =
        analysis.webhooks().stream()
            .filter(
                webhook -> {
                  for (Hook kind : Hook.values()) {
                    if (kind.type().equals(webhook.type()) && isOurs(kind, webhook)) {
                      return true;
                    }
                  }
                  return false;
                })
            .flatMap(webhook -> server(webhook).stream())
            .findFirst()
            .orElse(SERVER);
    return "add to spec.analysis.webhooks"
        + (hook == Hook.CONFIRM_PROMOTION ? ", behind all others of this type" : "")
        + " (with the address of your gate server):\n"
        + "- name: canary-gate-"
        + hook.type()
        + "\n  type: "
        + hook.type()
        + "\n  url: "
        + server
        + hook.path()
        + "\n  timeout: 10s\n  retries: 3\n";
  }
}
