package io.jenkins.plugins.canarygate.jenkins.gates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Fence;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.Receipt.Result;
import io.jenkins.plugins.canarygate.rollout.RolloutDriver;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked of the guard for each write of a driver. */
class GuardedDriverTest {
  private final Controller controller = new Controller();
  private Set<Action> allowed = Set.of();
  private final List<Action> asked = new ArrayList<>();
  private final GuardedDriver driver = new GuardedDriver(controller, this::guard);

  private Optional<Receipt> guard(Action action) {
    asked.add(action);
    return allowed.contains(action)
        ? Optional.empty()
        : Optional.of(new Receipt(Result.REFUSED, "not allowed"));
  }

  /** Sends what is due for an action. */
  private Result send(String what, Action action) {
    controller.due = new Write(what, what, JsonNodeFactory.instance.objectNode(), "");
    Intent intent =
        new Intent(
            action,
            Instant.EPOCH,
            new Fence("1", JsonNodeFactory.instance.objectNode()),
            List.of());
    return driver.send(driver.next(intent, null).orElseThrow()).result();
  }

  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"PROMOTE", "PROMOTE_FULLY", "ABORT", "PAUSE", "HOLD", "LIFT"})
  void eachActionIsAskedForByItsName(Action action) {
    assertThat(send(action.text(), action)).isEqualTo(Result.REFUSED);
    assertThat(asked).containsExactly(action);
    assertThat(controller.sent).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"PROMOTE", "ABORT"})
  void toRenewADecisionTakesWhatDecidingTakes(Action action) {
    allowed = Set.of(action);
    assertThat(send(Write.RENEW, action)).isEqualTo(Result.DONE);
    assertThat(asked).containsExactly(action);

    allowed = Set.of();
    assertThat(send(Write.RENEW, action)).isEqualTo(Result.REFUSED);
    assertThat(controller.sent).containsExactly(Write.RENEW);
  }

  @Test
  void aDecisionIsWithdrawnWhateverStandsAgainstActing() {
    assertThat(send(Write.WITHDRAW, Action.PROMOTE)).isEqualTo(Result.DONE);
    assertThat(asked).isEmpty();
    assertThat(controller.sent).containsExactly(Write.WITHDRAW);
  }

  @Test
  void whatHasNoNameIsNoLessThanAPromotion() {
    allowed = Set.of(Action.ABORT);
    assertThat(send("something new", Action.ABORT)).isEqualTo(Result.REFUSED);
    assertThat(asked).containsExactly(Action.PROMOTE);
  }

  @Test
  void aRenewalThatNobodyPreparedIsNoLessThanAPromotion() {
    allowed = Set.of(Action.ABORT);
    send(Write.RENEW, Action.ABORT);
    asked.clear();

    driver.send(new Write(Write.RENEW, "renew", JsonNodeFactory.instance.objectNode(), ""));

    assertThat(asked).containsExactly(Action.PROMOTE);
  }

  /** A driver of which one write is due. */
  private static final class Controller implements RolloutDriver {
    private Write due;
    private final List<String> sent = new ArrayList<>();

    @Override
    public Observation look(Question question) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Write> next(Intent intent, Observation fresh) {
      return Optional.of(due);
    }

    @Override
    public Receipt send(Write write) {
      sent.add(write.what());
      return Receipt.DONE;
    }
  }
}
