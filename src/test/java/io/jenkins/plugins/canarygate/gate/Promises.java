package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What must hold of every run of every gate, whatever happens (design: promises 1, 3, 4, 7). */
final class Promises {
  private Promises() {}

  /** Promise 4: what is sent is written down; D8: nothing decided good is aborted. */
  static void beforeTheWrite(
      GateSpec spec, GateSession session, SimulatedCluster cluster, String what) {
    assertThat(session.ended()).as("%s of an ended gate", what).isFalse();
    assertThat(session.intent()).as("intent of %s", what).isPresent();
    assertThat(spec.mode()).as(what).isIn(Mode.RUN, Mode.BY_HAND);
    Action action = session.intent().get().action();
    if (action == Action.PROMOTE || action == Action.PROMOTE_FULLY) {
      assertThat(session.closing().orElseThrow().verdict().isGood()).as(what).isTrue();
      PointRun point = session.point().orElseThrow();
      assertThat(point.decision().orElseThrow().verdict().isGood()).as(what).isTrue();
      assertThat(point.fence()).contains(session.intent().get().fence());
    }
    if (action == Action.ABORT && spec.mode() == Mode.RUN) {
      GateSession.Closing closing = session.closing().orElseThrow();
      assertThat(spec.policy().on(closing.verdict())).as(what).isEqualTo(Reaction.ABORT);
    }
  }

  /** Promise 1: each promotion that was carried out, was on what had been judged. */
  static void nothingWasPromotedThatWasNotJudged(GateLoop gate) {
    for (SimulatedCluster.Accepted write : promotions(gate.cluster)) {
      boolean judged =
          gate.session().points().stream()
              .filter(Promises::decidedGood)
              .anyMatch(point -> isAt(point, write));
      assertThat(judged)
          .as("%s had been judged; points %s", write, gate.session().points())
          .isTrue();
    }
  }

  private static boolean decidedGood(PointRun point) {
    return point.decision().map(decision -> decision.verdict().isGood()).orElse(false);
  }

  /** Not the start of the pause: a swallowed promote moves it (AR7). */
  private static boolean isAt(PointRun point, SimulatedCluster.Accepted write) {
    JsonNode fence = point.fence().orElseThrow().details();
    SimulatedCluster.Place place = write.on();
    boolean revision =
        point.fence().get().revision().equals(place.revision())
            && fence.path("uid").asText().equals(place.uid());
    if (!write.what().equals("promote")) {
      return revision;
    }
    return revision
        && fence.path("steps").asText().equals(place.steps())
        && fence.path("step").asInt() == place.step();
  }

  /** Promise 1, at the moment of the write: what is promoted is what the fence names. */
  static void afterTheWrite(GateSession session, SimulatedCluster.Accepted write) {
    JsonNode fence = session.intent().orElseThrow().fence().details();
    if (!write.what().equals("lift")) {
      assertThat(fence.path("uid").asText()).isEqualTo(write.on().uid());
      assertThat(session.intent().get().fence().revision()).isEqualTo(write.on().revision());
    }
    // A full promotion goes past steps: once our lift let a timed pause go, the step is another.
    if (write.what().equals("promote")) {
      assertThat(fence.path("steps").asText()).isEqualTo(write.on().steps());
      assertThat(fence.path("step").asInt()).isEqualTo(write.on().step());
      assertThat(fence.path("pause").asText()).isEqualTo(write.on().pause());
    }
  }

  private static List<SimulatedCluster.Accepted> promotions(SimulatedCluster cluster) {
    return cluster.accepted.stream()
        .filter(write -> write.what().equals("promote") || write.what().equals("promoteFully"))
        .toList();
  }

  static void promotedAtMost(int times, SimulatedCluster cluster) {
    Map<Object, Long> counts =
        promotions(cluster).stream()
            .collect(
                Collectors.groupingBy(
                    write -> write.on().uid() + write.on().steps() + write.on().step(),
                    Collectors.counting()));
    assertThat(counts.values()).as("%s", cluster.accepted).allMatch(count -> count <= times);
  }

  /** Promise 3: exit code 0 after a promotion means that it was seen to land. */
  static void successMeansLanded(GateSpec spec, GateLoop gate) {
    Ending ending = gate.session().ending().orElseThrow();
    boolean promotes = spec.policy().on(ending.verdict()).promotes();
    boolean never = spec.target().at().kind() == At.Kind.PROGRESSING;
    if (ending.exitCode() != 0 || !ending.verdict().isGood() || !promotes || never) {
      return;
    }
    assertThat(ending.outcome()).isEqualTo(Outcome.PROMOTED);
    int fenced =
        gate.session().points().get(0).fence().orElseThrow().details().path("step").asInt();
    assertThat(gate.cluster.landedOnce || gate.cluster.furthestStep > fenced)
        .as("it landed; %s", gate.session().timeline())
        .isTrue();
  }
}
