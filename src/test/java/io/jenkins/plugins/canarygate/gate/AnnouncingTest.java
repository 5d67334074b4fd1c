package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Announcing the start and the verdict never changes a verdict")
class AnnouncingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  void theStartIsAnnouncedOnce() {
    EngineHarness gate = begun();
    assertThat(announcement(gate)).hasValueSatisfying(a -> assertThat(a.ticket()).isEmpty());
    gate.prepared();
    assertThat(announcement(gate)).isEmpty();
  }

  @Test
  void theVerdictIsAnnouncedWithTheTicketOfTheStart() {
    EngineHarness gate = opened();
    gate.looked(Looks.takenBack());
    Todo.Announce closing = announcement(gate).orElseThrow();
    assertThat(closing.ticket()).contains("marker-7");
    assertThat(closing.message()).contains("FAIL").contains("takenBack");
    assertThat(gate.todos()).doesNotContain(new Todo.Finish());
    gate.seen(new Seen.Announced(Optional.empty(), Optional.empty()));
    assertThat(gate.todos()).containsExactly(new Todo.Finish());
  }

  @Test
  void closingIsWaitedForTenSecondsAtMost() {
    EngineHarness gate = opened().looked(Looks.takenBack());
    assertThat(gate.last().lookAgain()).isEqualTo(gate.now().plus(PATIENCE));
    assertThat(gate.after(PATIENCE.minusSeconds(1)).todos()).isEmpty();
    assertThat(gate.after(Duration.ofSeconds(1)).todos()).containsExactly(new Todo.Finish());
  }

  @Test
  void closingIsWaitedForTenSecondsAtMostThoughTheClockIsSetBack() {
    EngineHarness gate = opened().looked(Looks.takenBack()).jump(Duration.ofHours(-1));
    gate.after(PATIENCE);
    assertThat(gate.todos()).containsExactly(new Todo.Finish());
  }

  @Test
  void aStartThatCouldNotBeAnnouncedIsSaidAndForgotten() {
    EngineHarness gate = begun();
    gate.seen(new Seen.Announced(Optional.empty(), Optional.of("401")));
    assertThat(gate.timeline()).contains("the start could not be announced: 401");
    gate.prepared().looked(Looks.atGatePoint()).looked(Looks.takenBack());
    assertThat(gate.todos()).containsExactly(new Todo.Finish());
    assertThat(gate.ended()).isEqualTo("FAIL takenBack 10");
  }

  @Test
  void anEndThatCouldNotBeAnnouncedIsSaidAndChangesNothing() {
    EngineHarness gate = opened().looked(Looks.takenBack());
    Ending ending = gate.ending();
    gate.seen(new Seen.Announced(Optional.empty(), Optional.of("500")));
    assertThat(gate.timeline()).contains("the end could not be announced: 500");
    assertThat(gate.ending()).isEqualTo(ending);
    assertThat(gate.todos()).containsExactly(new Todo.Finish());
  }

  @Test
  void aStartThatIsAnsweredAfterTheEndIsClosedAtOnce() {
    EngineHarness gate = begun().prepared().looked(Looks.takenBack());
    assertThat(gate.todos()).isEmpty();
    gate.seen(new Seen.Announced(Optional.of("marker-7"), Optional.empty()));
    assertThat(announcement(gate).flatMap(Todo.Announce::ticket)).contains("marker-7");
    gate.seen(new Seen.Announced(Optional.empty(), Optional.empty()));
    assertThat(gate.todos()).containsExactly(new Todo.Finish());
  }

  @Test
  void aRestartForgetsAnAnnouncementThatNobodyWillAnswer() {
    EngineHarness gate = begun().restarted().prepared().looked(Looks.takenBack());
    assertThat(gate.todos()).containsExactly(new Todo.Finish());
  }

  @Test
  void aRestartClosesWhatWasOpen() {
    EngineHarness gate = opened().restarted().looked(Looks.takenBack());
    assertThat(announcement(gate).flatMap(Todo.Announce::ticket)).contains("marker-7");
  }

  @Test
  void aRestartAfterTheEndAnnouncesNothing() {
    EngineHarness gate = opened().looked(Looks.takenBack()).restarted();
    assertThat(gate.todos()).containsExactly(new Todo.Finish());
  }

  @Test
  void aGateThatIsNotAskedToTellsNobody() {
    EngineHarness gate = new EngineHarness(GateSpecs.gate()).seen(new Seen.Began());
    assertThat(announcement(gate)).isEmpty();
  }

  private static EngineHarness begun() {
    return new EngineHarness(GateSpecs.gate().announced()).seen(new Seen.Began());
  }

  private static EngineHarness opened() {
    return begun()
        .seen(new Seen.Announced(Optional.of("marker-7"), Optional.empty()))
        .prepared()
        .looked(Looks.atGatePoint());
  }

  private static Optional<Todo.Announce> announcement(EngineHarness gate) {
    return gate.todos().stream()
        .filter(Todo.Announce.class::isInstance)
        .map(Todo.Announce.class::cast)
        .findFirst();
  }
}
