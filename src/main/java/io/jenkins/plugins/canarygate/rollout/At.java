package io.jenkins.plugins.canarygate.rollout;

import java.util.OptionalInt;

/**
 * Which point of the rollout the gate stands at (rule R3).
 *
 * @param kind what sort of point
 * @param step the 0-based step for {@link Kind#STEP}, otherwise empty
 * @param hold whether a timed pause is held while it is judged
 */
public record At(Kind kind, OptionalInt step, boolean hold) {

  /** What sort of point. */
  public enum Kind {
    /** The next pause. */
    NEXT_PAUSE,
    /** Every pause until the revision has landed. */
    EACH_PAUSE,
    /** The pause at one step. */
    STEP,
    /** Before the controller promotes: it asks. */
    PROMOTION,
    /** Not a point: while the canary gets traffic. The gate never promotes then. */
    PROGRESSING
  }

  public static At nextPause() {
    return new At(Kind.NEXT_PAUSE, OptionalInt.empty(), false);
  }

  public static At eachPause() {
    return new At(Kind.EACH_PAUSE, OptionalInt.empty(), false);
  }

  public static At step(int step) {
    return new At(Kind.STEP, OptionalInt.of(step), false);
  }

  public static At promotion() {
    return new At(Kind.PROMOTION, OptionalInt.empty(), false);
  }

  public static At progressing() {
    return new At(Kind.PROGRESSING, OptionalInt.empty(), false);
  }

  public At held() {
    return new At(kind, step, true);
  }

  @Override
  public String toString() {
    String text =
        switch (kind) {
          case NEXT_PAUSE -> "the next pause";
          case EACH_PAUSE -> "each pause";
          case STEP -> "the pause at step " + step.getAsInt();
          case PROMOTION -> "promotion";
          case PROGRESSING -> "progressing";
        };
    return hold ? text + ", held" : text;
  }
}
