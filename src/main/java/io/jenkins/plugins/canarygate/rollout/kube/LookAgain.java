package io.jenkins.plugins.canarygate.rollout.kube;

import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Target;
import java.time.Duration;

/** How long a driver lets pass until the next look at the latest, should no watch wake the gate. */
public final class LookAgain {
  public static final Duration SOON = Duration.ofSeconds(5);
  public static final Duration MODERATE = Duration.ofSeconds(15);
  public static final Duration CALM = Duration.ofSeconds(30);
  public static final Duration IDLE = Duration.ofSeconds(60);

  /** While a watch is open: it would have to break without a sign for this to matter. */
  public static final Duration WATCHED = Duration.ofSeconds(90);

  /** By so much longer for some than for others, so that thousands do not look in one moment. */
  private static final int APART_SECONDS = 60;

  private LookAgain() {}

  /**
   * While a watch is open.
   *
   * @param what tells the watched object from others: the same always waits as long
   */
  public static Duration watched(String what) {
    return WATCHED.plusSeconds(Math.floorMod(what.hashCode(), APART_SECONDS));
  }

  /** Where there is no object yet, a watch tells of it as well. */
  public static Duration absent(Question question, Target target) {
    return question.watched() ? watched(target.toString()) : CALM;
  }
}
