package io.jenkins.plugins.canarygate.jenkins.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.io.xml.DomDriver;
import com.thoughtworks.xstream.io.xml.PrettyPrintWriter;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.jenkins.gates.GateEnd;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import io.jenkins.plugins.canarygate.report.Report;
import io.jenkins.plugins.canarygate.report.Sessions;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import java.io.InputStream;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What builds have kept of their gates goes on being read. */
class SavedSummaryTest {

  /** The action in a file that a real Jenkins wrote. */
  private static CanaryGateAction read(String file) throws Exception {
    XStream xstream = new XStream(new DomDriver());
    xstream.allowTypesByWildcard(new String[] {"io.jenkins.plugins.canarygate.**"});
    try (InputStream in = SavedSummaryTest.class.getResourceAsStream(file)) {
      return (CanaryGateAction) xstream.fromXML(in);
    }
  }

  @Test
  void theFirstFormOfAGateThatEndedIsRead() throws Exception {
    List<GateSummary> gates = read("build-v1.xml").getGates();

    assertThat(gates).hasSize(1);
    GateSummary gate = gates.get(0);
    assertThat(gate.getId()).isEqualTo("4");
    assertThat(gate.getGate()).isEqualTo("bad");
    assertThat(gate.getVerdict()).isEqualTo("FAIL");
    assertThat(gate.getOutcome()).isEqualTo("aborted");
    assertThat(gate.getReason()).isEqualTo("error rate: 5 % (fail > 1%)");
    assertThat(gate.getRollout()).isEqualTo("Rollout shop/bad");
    assertThat(gate.getRevision()).isEqualTo("74b44b7656");
    assertThat(gate.getImage()).isEqualTo("registry.example/bad:2");
    assertThat(gate.getExitCode()).isEqualTo(10);
    assertThat(gate.getStarted()).startsWith("2026-11-25T01:11:01");
    assertThat(gate.getFinished()).startsWith("2026-11-25T01:11:06");
    assertThat(gate.isRunning()).isFalse();
    assertThat(gate.getState()).as("what it did not have").isEmpty();
    assertThat(gate.getScore()).as("what it did not have").isNull();
  }

  @Test
  void theFirstFormOfAGateThatWasRefusedIsRead() throws Exception {
    GateSummary gate = read("build-v1-refused.xml").getGates().get(0);

    assertThat(gate.isRefused()).isTrue();
    assertThat(gate.getExitCode()).isEqualTo(2);
    assertThat(gate.getWhy()).isEqualTo("gateText:1:1: apiVersion: is missing");
    assertThat(gate.getReason().lines()).hasSize(4);
  }

  // Jenkins writes XML 1.1, and a build with one such character could not be saved at all.
  @Test
  void aTextThatXmlCannotHoldIsStillSaved() {
    String nasty = "a\u0000b\u001b[31m\ud800\uffff\u202e";
    GateSpec spec = Sessions.spec(nasty, Sessions.check("errors", Sessions.fail("> 1%")));
    Report report =
        Report.of(
            spec,
            Sessions.ended(
                Sessions.judging(spec),
                Sessions.ending(Verdict.INCONCLUSIVE, Outcome.LEFT, nasty + "\nsecond", 11)));
    GateEnd end = new GateEnd(GateEnd.Kind.FAILS, nasty, Optional.of(report));
    GateSummary ended = GateSummary.begun("5", Sessions.START).ended(end, Sessions.START);
    GateSummary refused =
        GateSummary.begun("6", Sessions.START)
            .ended(GateEnd.refused(new RefusedException(List.of(nasty, "second"))), Sessions.START);

    for (GateSummary summary : List.of(ended, refused)) {
      StringWriter out = new StringWriter();
      new XStream().marshal(summary, new PrettyPrintWriter(out, PrettyPrintWriter.XML_1_1));
      assertThat(out.toString()).contains("second");
      assertThat(summary.getReason().lines()).hasSize(2);
    }
    assertThat(ended.getGate()).startsWith("a b");
  }

  // On Jenkins 2.541 a record reads back as null, and an Object may be of any class.
  @Test
  void whatIsSavedIsTextAndNumbersAlone() {
    for (Class<?> saved : List.of(CanaryGateAction.class, GateSummary.class)) {
      assertThat(saved.isRecord()).isFalse();
      assertThat(kept(saved).map(Field::getType))
          .as(saved.getName())
          .isNotEmpty()
          .allMatch(
              type -> List.of(String.class, int.class, Double.class, List.class).contains(type));
    }
    assertThat(kept(CanaryGateAction.class).map(field -> field.getGenericType().getTypeName()))
        .containsExactly("java.util.List<" + GateSummary.class.getName() + ">");
  }

  private static Stream<Field> kept(Class<?> type) {
    return Stream.of(type.getDeclaredFields())
        .filter(field -> !Modifier.isStatic(field.getModifiers()))
        .filter(field -> !Modifier.isTransient(field.getModifiers()));
  }
}
