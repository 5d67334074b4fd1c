package io.jenkins.plugins.canarygate.rollout.flagger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("FL4: a decision, as the annotation holds it")
class DecisionTest {
  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
  private static final Decision DECISION =
      new Decision(
          "checkout.0a1b2c3d4e5f",
          Decision.Action.PROMOTE,
          new Binding("uid-1", "7b9f6d4f5c", DIGEST, DIGEST),
          Instant.parse("2026-05-01T10:15:00.750Z"));

  private static final String TEXT =
      "{\"action\":\"promote\",\"gate\":\"checkout.0a1b2c3d4e5f\",\"lastAppliedSpec\":"
          + "\"7b9f6d4f5c\",\"notAfter\":\"2026-05-01T10:15:00Z\",\"template\":\""
          + DIGEST
          + "\",\"trackedConfigs\":\""
          + DIGEST
          + "\",\"uid\":\"uid-1\",\"version\":1}";

  @Test
  void isWrittenWithTheSameBytesAlways() {
    assertThat(DECISION.write()).isEqualTo(TEXT).hasSizeLessThan(Decision.LARGEST);
  }

  @Test
  void isReadAsItWasWritten() {
    DecisionNote note = DecisionNote.of(TEXT);
    assertThat(note.decision()).contains(DECISION);
    assertThat(note.fault()).isEmpty();
    assertThat(note.decision().get().write()).isEqualTo(TEXT);
  }

  @Test
  void holdsUntilItsEnd() {
    assertThat(DECISION.expired(Instant.parse("2026-05-01T10:15:00Z"))).isFalse();
    assertThat(DECISION.expired(Instant.parse("2026-05-01T10:15:01Z"))).isTrue();
    Decision later = DECISION.until(Instant.parse("2026-05-01T11:00:00Z"));
    assertThat(later.sameBut(DECISION)).isTrue();
    assertThat(later).isNotEqualTo(DECISION);
  }

  @Test
  void anAbsentAnnotationIsNoDecisionAndNoFault() {
    assertThat(DecisionNote.of(CanaryJson.canary().view()))
        .isEqualTo(new DecisionNote(false, Optional.empty(), ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yes",
        "[]",
        "null",
        "1",
        "{}",
        "{'version':2}",
        "{'version':'1'}",
      })
  void whatIsNoDecisionIsNoneAndSaidToBeSo(String text) {
    DecisionNote note = DecisionNote.of(text.replace('\'', '"'));
    assertThat(note.decision()).isEmpty();
    assertThat(note.present()).isTrue();
    assertThat(note.fault()).contains("canary-gate/decision is ignored: it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"promote\" -> \"approve\"",
        "\"checkout.0a1b2c3d4e5f\" -> 7",
        "\"checkout.0a1b2c3d4e5f\" -> \"two words\"",
        "\"uid-1\" -> \"\"",
        "sha256: -> sha512:",
        "10:15:00Z -> 10:15:00+02:00",
        "2026-05-01T10:15:00Z -> 2026-13-41T10:15:00Z",
        "\"version\":1 -> \"version\":1,\"more\":1",
        "\"version\":1 -> \"version\":1,\"version\":1",
        "\"uid\" -> \"action\"",
        ":1} -> :1} {}",
        ":1} -> :1",
      })
  void oneThatIsAlmostADecisionIsNone(String change) {
    String[] parts = change.split(" -> ");
    assertThat(TEXT).contains(parts[0]);
    DecisionNote note = DecisionNote.of(TEXT.replace(parts[0], parts[1]));
    assertThat(note.decision()).isEmpty();
    assertThat(note.fault()).isNotEmpty();
  }

  @Test
  void oneThatIsTooLongIsNotEvenParsed() {
    assertThat(DecisionNote.of(TEXT + " ".repeat(Decision.LARGEST)).fault()).contains("longer");
  }
}
