package io.jenkins.plugins.canarygate.rollout.flagger;

import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.SPEC;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.T3;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.blueGreen;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.canary;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.gate.Ending;
import io.jenkins.plugins.canarygate.gate.GateEngine;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Moment;
import io.jenkins.plugins.canarygate.gate.PointRun;
import io.jenkins.plugins.canarygate.gate.Seen;
import io.jenkins.plugins.canarygate.gate.Step;
import io.jenkins.plugins.canarygate.gate.Todo;
import io.jenkins.plugins.canarygate.gatefile.GateFile;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Engine and driver together, before a Flagger that does one thing an interval and asks the hooks
 * as the real one does.
 */
@DisplayName("FL4, FL5, FL7: a whole gate, from its first look to its end")
class WholeGateTest {
  private static final String GATE =
      """
      apiVersion: canary-gate/v1
      kind: Gate
      metadata: {name: checkout}
      spec:
        rollout:
          flagger: {namespace: shop, name: checkout}
          revision: {image: "shop/app:2"}
        checks:
          - name: errors
            honeycomb: {dataset: d, query: {calculations: [{op: AVG, column: error}]}}
            fail: "> 1%"
            window: 1m
        onFail: abort
      """;

  private final Stage stage = new Stage();
  private final GateSpec spec = read();
  private final GateEngine engine = new GateEngine(spec);
  private double value;
  private GateSession session;
  private Observation last;
  private long uptime;
  private Runnable interval = () -> {};

  @AfterEach
  void close() {
    stage.close();
  }

  private static GateSpec read() {
    try {
      return GateFile.read(GATE.getBytes(StandardCharsets.UTF_8), "gate.yaml", Map.of()).spec();
    } catch (GateFileException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** Runs the gate to its end; Flagger has its interval every 30 s. */
  private Ending run() {
    session = GateSession.begin(spec, Stage.GATE, moment());
    Deque<Seen> told = new ArrayDeque<>();
    told.add(new Seen.Began());
    for (int round = 0; round < 2_000; round++) {
      Seen seen = told.isEmpty() ? new Seen.Time() : told.poll();
      Step step = engine.step(session, moment(), seen);
      session = step.session();
      if (session.ending().isPresent()) {
        return session.ending().get();
      }
      boolean idle = told.isEmpty() && step.todos().isEmpty();
      step.todos().forEach(todo -> carryOut(todo).ifPresent(told::add));
      if (idle) {
        stage.later(5);
        uptime += 5_000;
        if (uptime % 30_000 == 0) {
          interval.run();
        }
      }
    }
    throw new AssertionError("the gate did not end: " + session.timeline());
  }

  private Moment moment() {
    return new Moment(stage.now, uptime, "boot");
  }

  private Optional<Seen> carryOut(Todo todo) {
    if (todo instanceof Todo.Prepare) {
      return Optional.of(new Seen.Prepared(false, Optional.empty(), ""));
    }
    if (todo instanceof Todo.Look) {
      stage.fence = session.point().flatMap(PointRun::fence);
      stage.intent = session.intent();
      stage.memory = session.memory();
      last = stage.look();
      return Optional.of(new Seen.Looked(last));
    }
    if (todo instanceof Todo.Measure) {
      return Optional.of(new Seen.Measured(Map.of("errors", Reading.Answer.of(Values.of(value)))));
    }
    if (todo instanceof Todo.Act act) {
      stage.intent = Optional.of(act.intent());
      Optional<Write> write = stage.next(last);
      return Optional.of(
          write
              .<Seen>map(w -> new Seen.Sent(w.what(), w.text(), stage.now, stage.send(w)))
              .orElseGet(Seen.NothingToSend::new));
    }
    return Optional.empty();
  }

  private boolean asked(Hook hook) {
    ObjectNode live = stage.api.get(Stage.PATH);
    JsonNode target = stage.api.get(Stage.DEPLOYMENTS + "checkout");
    return HookAnswers.answer(hook, new CanaryView(live), Optional.of(target), stage.now).yes();
  }

  /** One interval after the other, each as this says; the last one stays. */
  private void goes(Deque<Supplier<Boolean>> ticks) {
    interval =
        () -> {
          if (!ticks.isEmpty() && ticks.peek().get()) {
            ticks.poll();
          }
        };
  }

  private Supplier<Boolean> shows(Supplier<CanaryJson> canary) {
    return () -> {
      stage.shows(canary.get());
      return true;
    };
  }

  private Supplier<Boolean> onceYes(Hook hook, Supplier<CanaryJson> canary) {
    return () -> {
      boolean yes = asked(hook);
      if (yes) {
        stage.shows(canary.get());
      }
      return yes;
    };
  }

  private static CanaryJson before() {
    return canary().phase("Succeeded", CanaryJson.T0).applied(CanaryJson.OLD_SPEC);
  }

  @Test
  void aGoodRevisionIsPromotedAndItsTraceIsGoneBeforeTheGateEnds() {
    stage.shows(before());
    Deque<Supplier<Boolean>> ticks = new ArrayDeque<>();
    ticks.add(shows(() -> canary().weight(20)));
    ticks.add(shows(() -> canary().weight(60)));
    ticks.add(shows(() -> canary().waiting()));
    ticks.add(onceYes(Hook.CONFIRM_PROMOTION, () -> canary().phase("Promoting", T3)));
    ticks.add(shows(() -> canary().phase("Finalising", T3)));
    ticks.add(
        () -> {
          stage.primary("shop/app:2");
          return shows(() -> canary().phase("Succeeded", T3).promoted(SPEC)).get();
        });
    goes(ticks);
    Ending ending = run();
    assertThat(ending.verdict() + " " + ending.outcome().text() + " " + ending.exitCode())
        .isEqualTo("PASS promoted 0");
    assertThat(stage.standing()).isEmpty();
    assertThat(session.actions()).hasSize(1);
    assertThat(session.actions().get(0).honoured()).isTrue();
  }

  @Test
  void aBadRevisionIsAbortedAndItsTraceIsGoneBeforeTheGateEnds() {
    value = 0.5;
    stage.shows(before());
    Deque<Supplier<Boolean>> ticks = new ArrayDeque<>();
    ticks.add(shows(() -> canary().weight(60)));
    ticks.add(shows(() -> canary().waiting()));
    ticks.add(onceYes(Hook.ROLLBACK, () -> canary().phase("Failed", T3)));
    goes(ticks);
    Ending ending = run();
    assertThat(ending.verdict() + " " + ending.outcome().text() + " " + ending.exitCode())
        .isEqualTo("FAIL aborted 10");
    assertThat(stage.standing()).isEmpty();
  }

  @Test
  void blueGreenIsAskedTwiceAndTheDecisionOutlivesALongWait() {
    stage.shows(before());
    Deque<Supplier<Boolean>> ticks = new ArrayDeque<>();
    ticks.add(shows(() -> blueGreen().iterations(3)));
    ticks.add(shows(() -> blueGreen().waiting()));
    ticks.add(() -> asked(Hook.CONFIRM_PROMOTION));
    // The primary is not ready for a long time, and Flagger asks nothing.
    for (int i = 0; i < 40; i++) {
      ticks.add(() -> true);
    }
    ticks.add(onceYes(Hook.CONFIRM_PROMOTION, () -> blueGreen().waiting().iterations(6)));
    ticks.add(onceYes(Hook.CONFIRM_PROMOTION, () -> blueGreen().phase("Promoting", T3)));
    ticks.add(
        () -> {
          stage.primary("shop/app:2");
          return shows(() -> blueGreen().phase("Succeeded", T3).promoted(SPEC)).get();
        });
    goes(ticks);
    assertThat(run().verdict()).hasToString("PASS");
    assertThat(session.actions().get(0).sends())
        .extracting(send -> send.what())
        .containsExactly("promote", Write.RENEW, Write.WITHDRAW);
  }

  @Test
  void whatFlaggerCopiedUnjudgedIsAnError() {
    stage.shows(before());
    Deque<Supplier<Boolean>> ticks = new ArrayDeque<>();
    ticks.add(shows(() -> canary().weight(60)));
    ticks.add(shows(() -> canary().waiting()));
    ticks.add(
        onceYes(
            Hook.CONFIRM_PROMOTION,
            () -> {
              stage.deployed("shop/app:3").primary("shop/app:3");
              return canary().phase("Promoting", T3);
            }));
    ticks.add(shows(() -> canary().phase("Succeeded", T3).promoted(SPEC)));
    goes(ticks);
    Ending ending = run();
    assertThat(ending.verdict() + " " + ending.outcome().text() + " " + ending.exitCode())
        .isEqualTo("PASS notHonoured 1");
    assertThat(ending.reason()).contains("checkout-primary has shop/app:3");
    assertThat(stage.standing()).isEmpty();
  }

  @Test
  void aConfigThatChangesWhileItIsJudgedSupersedesIt() {
    stage.shows(before());
    Deque<Supplier<Boolean>> ticks = new ArrayDeque<>();
    ticks.add(shows(() -> canary().weight(60)));
    ticks.add(shows(() -> canary().waiting()));
    ticks.add(shows(() -> canary().configs("{'configmap/a':'2'}")));
    goes(ticks);
    assertThat(run().verdict()).hasToString("SUPERSEDED");
    assertThat(stage.standing()).isEmpty();
  }

  @Test
  void aTargetThatCannotBeGatedEndsItAtItsFirstLook() {
    stage.shows(before().target("v1", "Service"));
    Ending ending = run();
    assertThat(ending.verdict()).hasToString("ERROR");
    assertThat(ending.reason()).contains("targets of kind Service cannot be gated");
    assertThat(Duration.ofMillis(uptime)).isLessThan(Duration.ofMinutes(1));
  }
}
