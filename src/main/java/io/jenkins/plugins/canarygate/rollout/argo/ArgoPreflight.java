package io.jenkins.plugins.canarygate.rollout.argo;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.rollout.LookException;
import io.jenkins.plugins.canarygate.rollout.Memory;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Verifies, before traffic shifts, that a gate on an Argo Rollout can do its work. */
public final class ArgoPreflight {
  private static final Duration SHORT_PAUSE = Duration.ofSeconds(30);
  private final KubeApi api;
  private final Target target;
  private final boolean acts;
  private final boolean holds;
  private final List<Finding> findings = new ArrayList<>();

  private ArgoPreflight(KubernetesClient client, Target target, boolean acts, boolean holds) {
    this.api = new KubeApi(client);
    this.target = target;
    this.acts = acts;
    this.holds = holds;
  }

  /**
   * Looks at server, kind, rights and object.
   *
   * @param client a client of the cluster; it is not closed
   * @param target the Rollout, and what of it
   * @param acts whether the gate may promote or abort
   * @param holds whether it sets {@code spec.paused}
   */
  public static List<Finding> examine(
      KubernetesClient client, Target target, boolean acts, boolean holds) {
    ArgoPreflight preflight = new ArgoPreflight(client, target, acts, holds);
    try {
      if (preflight.server() && preflight.kind()) {
        preflight.findings.addAll(
            new Rights(preflight.api, target.namespace()).examine(Rights.of(acts, holds)));
        preflight.object();
      }
    } catch (KubeApi.NoAnswerException e) {
      preflight.findings.add(
          Finding.error(
              "cluster",
              e.getMessage(),
              "see whether the address is right and can be reached from here, through a proxy or"
                  + " VPN if need be"));
    }
    return List.copyOf(preflight.findings);
  }

  private boolean server() throws KubeApi.NoAnswerException {
    KubeApi.Answer answer = api.get("/version");
    if (answer.code() == 401) {
      findings.add(
          Finding.error(
              "cluster",
              api.server() + " does not accept the credentials (401)",
              "the token has expired or is wrong: renew it, or name another context"));
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

  private boolean kind() throws KubeApi.NoAnswerException {
    String subject = "rollouts." + Failures.GROUP + "/" + Failures.VERSION;
    KubeApi.Answer answer = api.get("/apis/" + Failures.GROUP + "/" + Failures.VERSION);
    if (answer.code() == 401) {
      findings.add(
          Finding.error(
              "cluster",
              api.server() + " does not accept the credentials (401)",
              "the token has expired or is wrong: renew it, or name another context"));
      return false;
    }
    for (JsonNode resource : answer.body().path("resources")) {
      if (resource.path("name").asText("").equals("rollouts")) {
        findings.add(Finding.ok(subject, "served"));
        return true;
      }
    }
    if (answer.ok() || answer.code() == 404) {
      findings.add(
          Finding.error(
              subject,
              "the cluster does not serve it",
              "name the context of the right cluster, or install Argo Rollouts there"));
      return false;
    }
    findings.add(
        Finding.warning(
            subject,
            "could not be found out (" + answer.code() + ")",
            "nothing, if the Rollout is found below"));
    return true;
  }

  private void object() throws KubeApi.NoAnswerException {
    Reader reader = new Reader(api, target);
    Notes notes = Notes.of(Memory.empty());
    try {
      Optional<RolloutStatus> rollout = reader.rollout();
      if (rollout.isEmpty()) {
        absent();
        return;
      }
      Optional<JsonNode> ref = rollout.get().strategy().workloadRef();
      if (ref.isPresent()) {
        findings.addAll(
            new Rights(api, target.namespace()).examine(List.of(Rights.workload(ref.get()))));
      }
      List<ReplicaSetView> sets = reader.sets(rollout.get(), notes);
      present(rollout.get(), sets, notes);
    } catch (LookException e) {
      findings.add(Finding.error(target.toString(), e.getMessage(), "see the findings above"));
    }
  }

  private void absent() throws KubeApi.NoAnswerException {
    KubeApi.Answer space = api.get("/api/v1/namespaces/" + target.namespace());
    findings.add(
        space.code() == 404
            ? Finding.error(
                target.toString(),
                "there is no namespace " + target.namespace() + " in " + api.server(),
                "name the right namespace, or the context of the right cluster")
            : Finding.warning(
                target.toString(),
                "there is no such Rollout yet",
                "nothing, if the pipeline makes it; its first deploy is never gated"));
  }

  private void present(RolloutStatus rollout, List<ReplicaSetView> sets, Notes notes) {
    Strategy strategy = rollout.strategy();
    String kind =
        strategy.isBlueGreen()
            ? "blue/green"
            : (strategy.routed() ? "canary with traffic routing" : "canary by numbers of pods")
                + ", "
                + strategy.stepCount()
                + " steps";
    findings.add(
        Finding.ok(
            target.toString(),
            kind
                + ", "
                + rollout.phase()
                + ", generation "
                + (rollout.settled() ? "observed" : "not yet observed")));
    RevisionReader.Ours ours =
        new RevisionReader(target.revision()).read(rollout, Optional.empty(), notes);
    revision(rollout, ours, notes);
    Question question =
        new Question(Instant.EPOCH, Optional.empty(), Optional.empty(), Memory.empty());
    Look look = new Look(target, "", question, rollout, ours, sets, notes);
    point(look);
  }

  private void revision(RolloutStatus rollout, RevisionReader.Ours ours, Notes notes) {
    String subject = "revision " + target.revision();
    if (ours.current() || ours.is(rollout.stable())) {
      boolean stable = ours.is(rollout.stable());
      findings.add(
          Finding.ok(
              subject,
              "is revision "
                  + ours.hash().orElse("")
                  + (stable ? ", stable already: nothing is left to gate" : ", on its way")));
      return;
    }
    findings.add(Finding.ok(subject, ours.waiting()));
  }

  private void point(Look look) {
    String subject = "gate point";
    look.rollout()
        .invalidSpec()
        .ifPresent(
            text ->
                findings.add(
                    Finding.error(
                        target.toString(),
                        "the controller refuses the spec: " + text,
                        "correct the Rollout")));
    Optional<String> problem =
        new GatePoints(look)
            .hindrance()
            .filter(
                obstacle ->
                    switch (obstacle.kind()) {
                      case NEVER_PAUSES, POINT_MISSING, POINT_PASSED -> true;
                      default -> false;
                    })
            .map(obstacle -> obstacle.text());
    if (problem.isPresent()) {
      findings.add(
          Finding.error(
              subject,
              "no gate point can come: " + problem.get(),
              "change the Rollout's strategy or the gate file's at:"));
      return;
    }
    findings.add(Finding.ok(subject, where(look)));
    shortPauses(look.strategy());
  }

  private String where(Look look) {
    Strategy strategy = look.strategy();
    return switch (target.at().kind()) {
      case PROGRESSING -> "begins as soon as the canary gets traffic";
      case STEP -> "the pause at step " + target.at().step().getAsInt() + strategyText(strategy);
      case NEXT_PAUSE, EACH_PAUSE -> {
        if (strategy.isBlueGreen()) {
          yield "the pause before the switch";
        }
        OptionalInt next = strategy.nextPause(0, target.at().hold());
        yield (target.at().kind() == io.jenkins.plugins.canarygate.rollout.At.Kind.EACH_PAUSE
                ? "each pause, the first at step "
                : "the next pause; from the start that is step ")
            + next.orElse(0)
            + strategyText(strategy);
      }
    };
  }

  private static String strategyText(Strategy strategy) {
    return " of " + strategy.stepCount();
  }

  private void shortPauses(Strategy strategy) {
    if (!target.at().hold()) {
      return;
    }
    for (int step = 0; step < strategy.stepCount(); step++) {
      boolean meant = target.at().step().isEmpty() || target.at().step().getAsInt() == step;
      Optional<Duration> length = strategy.pauseLength(step).filter(d -> meant);
      if (length.isPresent() && length.get().compareTo(SHORT_PAUSE) < 0) {
        tooShort("the pause at step " + step, length.get());
      }
    }
    strategy
        .autoPromotion()
        .filter(length -> length.compareTo(SHORT_PAUSE) < 0)
        .ifPresent(length -> tooShort("autoPromotionSeconds", length));
  }

  private void tooShort(String what, Duration length) {
    findings.add(
        Finding.warning(
            "hold",
            what + " is " + length.toSeconds() + " s: it may be over before the hold is set",
            "make it 30 s or longer, or a pause without duration"));
  }
}
