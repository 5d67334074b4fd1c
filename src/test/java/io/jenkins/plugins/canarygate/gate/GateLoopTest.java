package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Whole gates against a simulated rollout, killed wherever a process can be killed")
class GateLoopTest {
  private static final Optional<Duration> INDEFINITE = Optional.empty();
  private static final Optional<Duration> TIMED = Optional.of(Duration.ofSeconds(40));

  /** A gate from beginning to end: what is asked, what happens besides, and how it ends. */
  record Story(
      GateSpecs specs,
      List<Optional<Duration>> steps,
      double value,
      Consumer<GateLoop> besides,
      String ends,
      List<String> writes) {}

  static Stream<Arguments> stories() {
    return Stream.of(
        story("a promotion", gate(), "PASS promoted 0", "promote"),
        story(
            "a promotion of each pause",
            gate().at(At.eachPause()),
            "PASS promoted 0",
            "promote",
            "promote"),
        story(
            "a full promotion",
            gate().onPass(Reaction.PROMOTE_FULLY),
            "PASS promoted 0",
            "promoteFully"),
        story(
            "a promotion of a held pause",
            gate().at(At.nextPause().held()),
            List.of(TIMED),
            0,
            nothing(),
            "PASS promoted 0",
            "hold",
            "lift",
            "promote"),
        story("an abort", gate(), List.of(INDEFINITE), 0.5, nothing(), "FAIL aborted 10", "abort"),
        story(
            "an abort of a held pause",
            gate().at(At.nextPause().held()),
            List.of(TIMED),
            0.5,
            nothing(),
            "FAIL aborted 10",
            "hold",
            "abort",
            "lift"),
        story(
            "an abort at progressing",
            gate().at(At.progressing()),
            List.of(INDEFINITE),
            0.5,
            nothing(),
            "FAIL aborted 10",
            "abort"),
        story(
            "a swallowed promotion",
            gate(),
            List.of(INDEFINITE),
            0,
            gate -> gate.cluster.swallows = 1,
            "PASS promoted 0",
            "promote",
            "promote"),
        story(
            "a promotion whose answer is lost",
            gate(),
            List.of(INDEFINITE),
            0,
            gate -> gate.driver.mishaps.add(SimulatedRollout.Mishap.ANSWER_LOST),
            "PASS promoted 0",
            "promote"),
        story(
            "a promotion whose request is lost",
            gate(),
            List.of(INDEFINITE),
            0,
            gate -> gate.driver.mishaps.add(SimulatedRollout.Mishap.REQUEST_LOST),
            "PASS promoted 0",
            "promote"),
        story(
            "a promotion while the server is busy",
            gate(),
            List.of(INDEFINITE),
            0,
            gate -> gate.driver.mishaps.add(SimulatedRollout.Mishap.BUSY),
            "PASS promoted 0",
            "promote"),
        story(
            "a promotion by hand",
            GateSpecs.gate().byHand(Action.PROMOTE),
            "PASS promoted 0",
            "promote"),
        story("an abort by hand", GateSpecs.gate().byHand(Action.ABORT), "FAIL aborted 0", "abort"),
        story(
            "a cancel that aborts",
            gate().onCancel(Reaction.ABORT),
            List.of(INDEFINITE),
            0,
            gate ->
                gate.at(Duration.ofSeconds(20), gate::cancel)
                    .at(Duration.ofSeconds(30), gate::cancel),
            "CANCELLED aborted 14",
            "abort"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stories")
  void endsAsItShould(String name, Supplier<Story> told) {
    Story story = told.get();
    GateLoop gate = loop(story).run();
    assertThat(ended(gate)).isEqualTo(story.ends());
    assertThat(writes(gate)).isEqualTo(story.writes());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stories")
  @DisplayName("promise 4: killed and started again anywhere, it never acts a second time")
  void endsTheSameOrMoreCarefullyWhereverItIsKilled(String name, Supplier<Story> told) {
    long places = loop(told.get()).run().placesPassed;
    assertThat(places).as("places where it can be killed").isGreaterThan(10);
    for (long place = 0; place < places; place++) {
      Story story = told.get();
      GateLoop gate = loop(story);
      gate.killAt = OptionalLong.of(place);
      gate.run();
      assertThat(gate.kills).as("kills at place %d", place).isEqualTo(1);
      assertThat(writes(gate))
          .as("killed at place %d: %s", place, gate.session().timeline())
          .isSubsetOf(story.writes())
          .hasSizeLessThanOrEqualTo(story.writes().size());
      Ending ending = gate.session().ending().orElseThrow();
      boolean careful = ending.exitCode() != 0 && ending.outcome() != Outcome.PROMOTED;
      assertThat(ended(gate).equals(story.ends()) || careful)
          .as("killed at place %d: %s; %s", place, ended(gate), gate.session().timeline())
          .isTrue();
      Promises.nothingWasPromotedThatWasNotJudged(gate);
    }
  }

  private static GateSpecs gate() {
    return GateSpecs.gate().checks(GateSpecs.check(GateSpecs.ERRORS, 2));
  }

  private static Consumer<GateLoop> nothing() {
    return gate -> {};
  }

  private static Arguments story(String name, GateSpecs specs, String ends, String... writes) {
    return story(name, specs, List.of(INDEFINITE, INDEFINITE), 0, nothing(), ends, writes);
  }

  private static Arguments story(
      String name,
      GateSpecs specs,
      List<Optional<Duration>> steps,
      double value,
      Consumer<GateLoop> besides,
      String ends,
      String... writes) {
    Supplier<Story> story = () -> new Story(specs, steps, value, besides, ends, List.of(writes));
    return Arguments.of(name, story);
  }

  private static GateLoop loop(Story story) {
    GateLoop gate = new GateLoop(story.specs().build(), new SimulatedCluster(story.steps()));
    gate.evidence = n -> Optional.of(Reading.Answer.of(Values.of(story.value())));
    gate.reconciledEvery(Duration.ofSeconds(3));
    gate.at(Duration.ZERO, () -> gate.cluster.deploy(SimulatedCluster.OURS));
    story.besides().accept(gate);
    return gate;
  }

  private static List<String> writes(GateLoop gate) {
    return gate.cluster.accepted.stream().map(SimulatedCluster.Accepted::what).toList();
  }

  private static String ended(GateLoop gate) {
    Ending ending = gate.session().ending().orElseThrow();
    return ending.verdict() + " " + ending.outcome().text() + " " + ending.exitCode();
  }
}
