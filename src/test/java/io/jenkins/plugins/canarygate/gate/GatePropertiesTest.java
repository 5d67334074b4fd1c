package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.LookException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/**
 * What must hold of every gate, whatever others do, whatever is lost, and whenever it is killed.
 */
@Label("Promises 1, 3, 4 and 7 over random runs")
class GatePropertiesTest {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration TOTAL = Duration.ofMinutes(12);
  private static final Duration ANNOUNCEMENT = Duration.ofSeconds(10);
  private static final Duration DOWN = Duration.ofSeconds(6);

  /** What can happen at any moment. */
  enum Happening {
    DEPLOY_ANOTHER,
    EDIT_STEPS,
    DELETE,
    RECREATE,
    PERSON_PROMOTES,
    PERSON_PAUSES,
    PERSON_RESUMES,
    PERSON_ABORTS,
    PERSON_RETRIES,
    DOUBT,
    NO_DOUBT,
    SWALLOW_THE_NEXT_PROMOTE,
    STALE_CONTROLLER,
    TOUCH,
    ANSWER_LOST,
    REQUEST_LOST,
    SERVER_BUSY,
    SERVER_REFUSES,
    LOOKS_FAIL,
    LOOKS_WORK,
    WATCH,
    CANCEL,
    KILL,
    CLOCK_FORWARD,
    CLOCK_BACK
  }

  /** What makes a promote be sent more than once at a gate point by the rules (AR7). */
  private static final Set<Happening> MAY_REPEAT =
      Set.of(
          Happening.SWALLOW_THE_NEXT_PROMOTE,
          Happening.STALE_CONTROLLER,
          Happening.EDIT_STEPS,
          Happening.PERSON_PROMOTES,
          Happening.PERSON_PAUSES);

  record Event(int milli, Happening what) {}

  record World(
      List<Event> events, int reconcileSeconds, boolean oursAtOnce, List<Boolean> timedSteps) {}

  /** What the checks say, one measurement after another; the last is said again and again. */
  enum Says {
    GOOD,
    DOUBTFUL,
    BAD,
    NO_DATA,
    AN_ERROR,
    NOT_YET,
    NOTHING
  }

  record Asked(GateSpecs specs, List<Says> evidence, String text) {
    @Override
    public String toString() {
      return text + ", evidence " + evidence;
    }
  }

  @Property(tries = 1000)
  void everyPromiseHoldsOfEveryGate(@ForAll("worlds") World world, @ForAll("gates") Asked asked) {
    GateSpec spec = asked.specs().build();
    GateLoop gate = loop(world, asked, spec);
    gate.run();

    Ending ending = gate.session().ending().orElseThrow();
    Statistics.label("endings").collect(ending.verdict(), ending.outcome());
    Promises.nothingWasPromotedThatWasNotJudged(gate);
    Promises.successMeansLanded(spec, gate);
    endsInTime(gate);
    Promises.promotedAtMost(mayRepeat(world) ? 3 : 1, gate.cluster);
    wantsNothingMore(gate);
  }

  @Property(tries = 300)
  void whatAPersonDecidedIsHeldToTheSamePromises(
      @ForAll("worlds") World world,
      @ForAll("handActions") Action action,
      @ForAll("places") At at) {
    GateSpecs specs =
        GateSpecs.gate().at(at).timeouts(START, TOTAL).onDoubt(Reaction.ABORT).byHand(action);
    GateSpec spec = specs.build();
    GateLoop gate = loop(world, new Asked(specs, List.of(), ""), spec);
    gate.run();

    Promises.nothingWasPromotedThatWasNotJudged(gate);
    endsInTime(gate);
    Set<String> allowed =
        switch (action) {
          case PROMOTE -> Set.of("promote", "lift");
          case PROMOTE_FULLY -> Set.of("promoteFully", "lift");
          case ABORT -> Set.of("abort", "lift");
          default -> Set.of("retry");
        };
    assertThat(gate.cluster.accepted)
        .allMatch(write -> allowed.contains(write.what()), "only what the person asked");
  }

  @Property(tries = 300)
  void aDryRunAndACheckWriteNothing(
      @ForAll("worlds") World world, @ForAll("gates") Asked asked, @ForAll boolean check) {
    GateSpec spec = asked.specs().needsRollout().mode(check ? Mode.CHECK : Mode.DRY_RUN).build();
    GateLoop gate = loop(world, asked, spec);
    gate.run();

    assertThat(gate.cluster.accepted).isEmpty();
    endsInTime(gate);
  }

  private static void endsInTime(GateLoop gate) {
    // Between two processes nobody can tell that the clock was set back.
    Duration back = gate.kills == 0 ? Duration.ZERO : gate.setBack;
    Duration bound = TOTAL.plus(ANNOUNCEMENT).plus(DOWN.multipliedBy(gate.kills)).plus(back);
    assertThat(gate.lived()).as("%s", gate.session().timeline()).isLessThanOrEqualTo(bound);
  }

  private static boolean mayRepeat(World world) {
    return world.events().stream().map(Event::what).anyMatch(MAY_REPEAT::contains);
  }

  private static void wantsNothingMore(GateLoop gate) {
    GateSession ended = gate.session();
    GateEngine engine = new GateEngine(GateSpecs.gate().build());
    Seen late = new Seen.Looked(Looks.atGatePoint().build(ended.clock().now()));
    for (Seen seen :
        List.of(new Seen.Began(), new Seen.Time(), late, new Seen.CancelAsked("x", false))) {
      Step step = Steps.take(engine, ended, ended.clock(), seen);
      assertThat(step.todos()).containsExactly(new Todo.Finish());
    }
  }

  private static GateLoop loop(World world, Asked asked, GateSpec spec) {
    List<Optional<Duration>> steps =
        world.timedSteps().stream()
            .map(timed -> timed ? Optional.of(Duration.ofSeconds(40)) : Optional.<Duration>empty())
            .toList();
    GateLoop gate = new GateLoop(spec, new SimulatedCluster(steps));
    gate.evidence = n -> reading(asked.evidence(), n);
    gate.reconciledEvery(Duration.ofSeconds(world.reconcileSeconds()));
    gate.at(
        Duration.ofSeconds(world.oursAtOnce() ? 0 : 25),
        () -> gate.cluster.deploy(SimulatedCluster.OURS));
    for (Event event : world.events()) {
      gate.at(Duration.ofMillis(event.milli()), () -> happens(gate, event.what()));
    }
    return gate;
  }

  private static Optional<Reading> reading(List<Says> script, int n) {
    Says says = script.isEmpty() ? Says.GOOD : script.get(Math.min(n, script.size() - 1));
    return switch (says) {
      case GOOD -> Optional.of(Reading.Answer.of(Values.of(0)));
      case DOUBTFUL -> Optional.of(Reading.Answer.of(Values.of(0.007)));
      case BAD -> Optional.of(Reading.Answer.of(Values.of(0.5)));
      case NO_DATA -> Optional.of(Reading.Answer.of(Values.none()));
      case AN_ERROR -> Optional.of(Reading.Failed.because("503"));
      case NOT_YET ->
          Optional.of(new Reading.NotYet(Duration.ofSeconds(3), "queued", Optional.of("t")));
      case NOTHING -> Optional.empty();
    };
  }

  private static void happens(GateLoop gate, Happening what) {
    SimulatedCluster cluster = gate.cluster;
    switch (what) {
      case DEPLOY_ANOTHER -> cluster.deployAnother();
      case EDIT_STEPS -> cluster.editSteps();
      case DELETE -> cluster.deleted = true;
      case RECREATE -> cluster.recreate();
      case PERSON_PROMOTES -> cluster.personPromotes();
      case PERSON_PAUSES -> cluster.personPauses();
      case PERSON_RESUMES -> cluster.personResumes();
      case PERSON_ABORTS -> cluster.personAborts();
      case PERSON_RETRIES -> cluster.personRetries();
      case DOUBT -> cluster.doubt = true;
      case NO_DOUBT -> cluster.doubt = false;
      case SWALLOW_THE_NEXT_PROMOTE -> cluster.swallows = 1;
      case STALE_CONTROLLER -> cluster.staleControllerOverwrites();
      case TOUCH -> cluster.touch();
      case ANSWER_LOST -> gate.driver.mishaps.add(SimulatedRollout.Mishap.ANSWER_LOST);
      case REQUEST_LOST -> gate.driver.mishaps.add(SimulatedRollout.Mishap.REQUEST_LOST);
      case SERVER_BUSY -> gate.driver.mishaps.add(SimulatedRollout.Mishap.BUSY);
      case SERVER_REFUSES -> gate.driver.mishaps.add(SimulatedRollout.Mishap.REFUSED);
      case LOOKS_FAIL -> gate.driver.lookFails = Optional.of(LookException.Kind.TRANSIENT);
      case LOOKS_WORK -> gate.driver.lookFails = Optional.empty();
      case WATCH -> gate.wake();
      case CANCEL -> gate.cancel();
      case KILL -> gate.kill();
      case CLOCK_FORWARD -> gate.clockJumps(Duration.ofMinutes(30));
      case CLOCK_BACK -> gate.clockJumps(Duration.ofMinutes(-30));
    }
  }

  @Provide
  Arbitrary<World> worlds() {
    Arbitrary<Event> event =
        Combinators.combine(whenMuchHappens(), Arbitraries.of(Happening.class)).as(Event::new);
    return Combinators.combine(
            event.list().ofMaxSize(8),
            Arbitraries.integers().between(1, 15),
            Arbitraries.of(true, false),
            Arbitraries.frequencyOf(
                    net.jqwik.api.Tuple.of(4, Arbitraries.just(false)),
                    net.jqwik.api.Tuple.of(1, Arbitraries.just(true)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4))
        .as(World::new);
  }

  /** Mostly about when the first, second or third measurement leads to a decision and an action. */
  private static Arbitrary<Integer> whenMuchHappens() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(1, 400_000),
        Arbitraries.integers().between(1_000, 20_000),
        Arbitraries.integers().between(60_000, 80_000),
        Arbitraries.integers().between(120_000, 140_000));
  }

  @Provide
  Arbitrary<Asked> gates() {
    return Combinators.combine(
            places(),
            Arbitraries.of(
                Reaction.PROMOTE, Reaction.PROMOTE, Reaction.PROMOTE_FULLY, Reaction.NONE),
            Arbitraries.of(Reaction.ABORT, Reaction.NONE),
            Arbitraries.of(Reaction.ABORT, Reaction.NONE),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(1, 3),
            Arbitraries.frequencyOf(
                    net.jqwik.api.Tuple.of(6, Arbitraries.just(Says.GOOD)),
                    net.jqwik.api.Tuple.of(1, Arbitraries.of(Says.class)))
                .list()
                .ofMaxSize(5))
        .as(GatePropertiesTest::asked);
  }

  private static Asked asked(
      At at,
      Reaction good,
      Reaction bad,
      Reaction doubt,
      boolean notGatedPass,
      int count,
      List<Says> evidence) {
    GateSpecs specs =
        GateSpecs.gate()
            .at(at)
            .checks(GateSpecs.check(GateSpecs.ERRORS, count))
            .onPass(good)
            .onWarn(good)
            .onFail(bad)
            .onDoubt(doubt)
            .timeouts(START, TOTAL)
            .announced();
    if (notGatedPass) {
      specs.onNotGatedPass();
    }
    String text = at + ", good: " + good + ", bad: " + bad + ", doubt: " + doubt;
    return new Asked(specs, evidence, text + (notGatedPass ? ", notGated passes" : ""));
  }

  @Provide
  Arbitrary<At> places() {
    return Arbitraries.of(
        At.nextPause(),
        At.nextPause().held(),
        At.eachPause(),
        At.eachPause().held(),
        At.step(1),
        new At(At.Kind.STEP, OptionalInt.of(1), true),
        At.progressing());
  }

  @Provide
  Arbitrary<Action> handActions() {
    return Arbitraries.of(Action.PROMOTE, Action.PROMOTE_FULLY, Action.ABORT, Action.RETRY);
  }
}
