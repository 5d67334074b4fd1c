package io.jenkins.plugins.canarygate.rollout.flagger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.kube.KubeJson;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Fence;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Memory;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.RevisionAsked;
import io.jenkins.plugins.canarygate.rollout.Send;
import io.jenkins.plugins.canarygate.rollout.Target;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the driver makes of what a real Flagger did, state by state: {@code recorded/*.txt}. A story
 * is what the looks showed, without what was the same as before; {@code @} is the gate point.
 */
@DisplayName("Against recordings of a real Flagger 1.44.0")
class RecordedTest {
  private static final Instant START = Instant.parse("2026-11-26T11:00:00Z");
  private static final String PROMOTED =
      "UNTOUCHED, UNDER_WAY, UNDER_WAY @, UNDER_WAY MOVED_ON, LANDED";

  /** Plays a recording from a moment on to a gate for an image; it fences at its first point. */
  private static final class Player {
    private final Recording recording;
    private final Target target;
    private final Optional<Action> decides;
    private final List<String> story = new ArrayList<>();
    private Memory memory = Memory.empty();
    private Optional<Fence> fence = Optional.empty();
    private Optional<Intent> intent = Optional.empty();
    private Optional<String> annotation = Optional.empty();

    Player(String name, String image, Optional<Action> decides) {
      this.recording = Recording.of(name);
      this.decides = decides;
      RevisionAsked asked = image.equals("any") ? RevisionAsked.any() : RevisionAsked.image(image);
      this.target =
          new Target("Canary", Optional.empty(), "shop", "checkout", asked, At.promotion());
    }

    Player from(double seconds) {
      for (Recording.State state : recording.states) {
        if (state.seconds() >= seconds && state.canary().isPresent()) {
          look(state);
        }
      }
      return this;
    }

    private void look(Recording.State state) {
      Instant now = START.plusMillis((long) (state.seconds() * 1000));
      Observation seen = observe(state, now);
      memory = seen.memory();
      tell(line(seen));
      if (fence.isEmpty() && seen.point().isPresent()) {
        fence = seen.fence();
        intent = decides.map(action -> new Intent(action, now, fence.orElseThrow(), List.of()));
        intent.ifPresent(i -> send(new Writes("gate-1").next(i, seen).orElseThrow(), now));
      } else if (seen.effect().equals(Optional.of(Effect.DUE))) {
        Write write = new Writes("gate-1").next(intent.orElseThrow(), seen).orElseThrow();
        tell("sent " + write.what());
        send(write, now);
        look(state);
      }
    }

    private Observation observe(Recording.State state, Instant now) {
      ObjectNode object = state.canary().orElseThrow().deepCopy();
      annotation.ifPresent(
          text -> ((ObjectNode) object.at("/metadata/annotations")).put(Decision.ANNOTATION, text));
      Question question = new Question(now, fence, intent, memory);
      Notes notes = Notes.of(memory);
      CanaryView canary = new CanaryView(object);
      if (canary.deleted()) {
        return Observations.absent(target, question, notes, "it is being deleted");
      }
      notes.about(canary.uid());
      Optional<TargetView> workload =
          state.target().map(image -> workload("app", image, state.toZero()));
      Optional<TargetView> primary =
          state.primary().map(image -> workload("app-primary", image, false));
      RevisionReader.Ours ours =
          new RevisionReader(target.revision()).read(canary, workload, fence, notes);
      return FlaggerRolloutDriver.observe(
          new Look(target, "gate-1", question, canary, workload, primary, ours, notes));
    }

    private void send(Write write, Instant now) {
      annotation = KubeJson.text(write.body(), "metadata", "annotations", Decision.ANNOTATION);
      intent = intent.map(i -> i.with(new Send(write.what(), now, Receipt.Result.DONE)));
    }

    private static TargetView workload(String name, String image, boolean toZero) {
      ObjectNode workload = CanaryJson.workload(name, image, "proxy:7");
      if (toZero) {
        ((ObjectNode) workload.at("/spec/template/spec"))
            .putObject("nodeSelector")
            .put(TemplateDigest.SCALE_TO_ZERO, "true");
      }
      return new TargetView(workload);
    }

    private void tell(String line) {
      if (story.isEmpty() || !story.get(story.size() - 1).equals(line)) {
        story.add(line);
      }
    }

    String story() {
      return String.join(", ", story);
    }
  }

  private static String line(Observation seen) {
    StringBuilder line = new StringBuilder(seen.fate().toString());
    seen.point().ifPresent(point -> line.append(" @"));
    if (seen.drift() != Drift.NONE) {
      line.append(" ").append(seen.drift());
    }
    seen.effect().ifPresent(effect -> line.append(" ").append(effect));
    for (Obstacle obstacle : seen.obstacles()) {
      if (obstacle.kind() != Obstacle.Kind.WAIT) {
        line.append(" ").append(obstacle.kind());
      }
    }
    return line.toString();
  }

  private String story(String name, String image, double from) {
    return new Player(name, image, Optional.empty()).from(from).story();
  }

  @ParameterizedTest
  @CsvSource({
    "abtesting-gatewayapi",
    "bluegreen-promote",
    "bluegreen-promote-1-iteration",
    "bluegreen-gatewayapi-no-at-second-tick",
    "flagger-restart",
    "step-weights",
    "weighted-gatewayapi-promote",
    "weighted-nginx-promote",
  })
  @DisplayName("FL2: each strategy comes to the gate once, and lands")
  void whatIsPromotedByAnotherHand(String name) {
    assertThat(story(name, "v2", 0)).isEqualTo(PROMOTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bluegreen-rollback | v2 | UNTOUCHED, UNDER_WAY, UNDER_WAY @, TAKEN_BACK",
        "weighted-gatewayapi-rollback | v2 | UNTOUCHED, UNDER_WAY, UNDER_WAY @, TAKEN_BACK",
        "bluegreen-rollback-progressing | v2 | UNTOUCHED, UNDER_WAY, TAKEN_BACK",
        "bluegreen-gatewayapi-rollback-at-second-tick | v2 | UNTOUCHED, UNDER_WAY, TAKEN_BACK",
        "canary-unready | v2 | UNTOUCHED, UNDER_WAY, TAKEN_BACK",
        "failed-checks-rollout-hook | v2 | UNTOUCHED, UNDER_WAY, TAKEN_BACK",
        "failed-checks-metric | v2 | UNTOUCHED, UNDER_WAY, UNDER_WAY @, TAKEN_BACK",
        "primary-unready-progressing | v2 | UNTOUCHED, UNDER_WAY, TAKEN_BACK",
      })
  @DisplayName("FL5: rolled back is Failed with weight 0")
  void whatIsRolledBack(String name, String image, String story) {
    assertThat(story(name, image, 0)).startsWith(story);
  }

  @ParameterizedTest
  @CsvSource({
    "primary-unready-promoting",
    "primary-unready-promoting-gatewayapi",
    "primary-unready-finalising",
    "failed-100-recovered",
    "failed-100-recovered-gatewayapi",
  })
  @DisplayName("FL5: Failed with weight 100 serves")
  void whatFailedAndServes(String name) {
    assertThat(story(name, "v2", 0))
        .startsWith("UNTOUCHED, UNDER_WAY, UNDER_WAY POINT_PASSED, FAILED_SERVING");
  }

  @Test
  @DisplayName("FL5: a roll-back to a primary that was overwritten is none of the revision before")
  void aRollBackToABrokenPrimary() {
    // The next revision, v3, is rolled back to a primary that is the unready v2.
    assertThat(story("primary-unready-promoting-gatewayapi", "v3", 0))
        .isEqualTo("UNTOUCHED, TAKEN_BACK");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "configmap-change | any | 15 | UNDER_WAY, UNTOUCHED",
        "configmap-change | any | 60 | UNDER_WAY, UNDER_WAY @, UNDER_WAY OTHER_REVISION",
        "new-image-mid-analysis | v2 | 0 | UNTOUCHED, UNDER_WAY, UNTOUCHED",
        "new-image-weighted | v2 | 0 | UNTOUCHED, UNDER_WAY, UNTOUCHED",
        "target-changes-during-hook | v2 | 0 | UNTOUCHED, UNDER_WAY, UNTOUCHED",
        "target-put-back | v2 | 0 | UNTOUCHED, UNDER_WAY, UNDER_WAY @, UNDER_WAY OTHER_REVISION",
        "waiting | v2 | 0 | UNTOUCHED, UNDER_WAY, UNTOUCHED",
        "skip-analysis-mid | v2 | 0 | UNTOUCHED, UNDER_WAY, UNDER_WAY @, LANDED",
        "skip-analysis-first | v2 | 0 | UNTOUCHED, UNDER_WAY NEVER_PAUSES, LANDED",
        "first-deploy | any | 0 | UNTOUCHED, UNDER_WAY NEVER_PAUSES, LANDED",
        "suspend | v2 | 0 | UNTOUCHED, UNDER_WAY, UNDER_WAY PERSON_PAUSED",
        "daemonset | v2 | 0 | UNTOUCHED, UNDER_WAY, UNDER_WAY @, UNDER_WAY MOVED_ON, LANDED",
      })
  @DisplayName("R2, FL1, FL6: what takes its place, and what is never gated")
  void whatElseBecomesOfIt(String name, String image, double from, String story) {
    assertThat(story(name, image, from)).startsWith(story);
  }

  @Test
  @DisplayName("FL6: a Canary that is being deleted is gone while Flagger still finalises it")
  void aDeletedCanary() {
    assertThat(story("delete-revert", "v2", 0))
        .isEqualTo("UNTOUCHED, UNDER_WAY, UNDER_WAY @, ABSENT GONE");
  }

  @Test
  @DisplayName("A gate that comes late to the promotion stands at it after two ticks")
  void aLateGate() {
    assertThat(story("bluegreen-promote", "v2", 50)).startsWith("UNDER_WAY, UNDER_WAY @");
    assertThat(story("weighted-gatewayapi-promote", "v2", 50)).startsWith("UNDER_WAY, UNDER_WAY @");
  }

  @ParameterizedTest
  @CsvSource({
    "abtesting-gatewayapi",
    "bluegreen-promote",
    "bluegreen-promote-1-iteration",
    "daemonset",
    "weighted-gatewayapi-promote",
    "weighted-nginx-promote",
  })
  @DisplayName("FL4: a promote stands until Promoting, is taken away, and the revision lands")
  void aPromoteOfOurs(String name) {
    Player player = new Player(name, "v2", Optional.of(Action.PROMOTE));
    assertThat(player.from(0).story())
        .startsWith(
            "UNTOUCHED, UNDER_WAY, UNDER_WAY @, UNDER_WAY @ STANDING, UNDER_WAY DUE, sent"
                + " withdraw, UNDER_WAY IN_EFFECT, LANDED IN_EFFECT");
    assertThat(player.annotation).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"bluegreen-rollback", "weighted-gatewayapi-rollback"})
  @DisplayName("FL4, FL5: an abort stands until Failed, is taken away, and is in effect")
  void anAbortOfOurs(String name) {
    Player player = new Player(name, "v2", Optional.of(Action.ABORT));
    assertThat(player.from(0).story())
        .startsWith(
            "UNTOUCHED, UNDER_WAY, UNDER_WAY @, UNDER_WAY @ STANDING, TAKING_BACK DUE, sent"
                + " withdraw, TAKEN_BACK IN_EFFECT");
  }
}
