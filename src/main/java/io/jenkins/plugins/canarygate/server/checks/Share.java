package io.jenkins.plugins.canarygate.server.checks;

import java.time.Duration;
import java.util.Optional;

/**
 * Who measures one check, and what it last came to, as all replicas know it. Calls block; one
 * thread at a time.
 */
interface Share {

  /** Who measures. */
  enum Holder {
    /** This replica. */
    MINE,
    /** Another one, and it is alive. */
    THEIRS,
    /** Nobody. */
    FREE,
    /** That cannot be found out now: ask again. */
    UNKNOWN
  }

  /** How it stands now. What this replica holds for certain is told without asking anybody. */
  Holder look();

  /** What was last published, as far as it has been looked at. */
  Optional<Value> published();

  /**
   * Makes this replica the one that measures, or goes on with that.
   *
   * @param atLeast how long others leave it alone
   * @return whether it is; no other replica is then
   */
  boolean take(Duration atLeast);

  /**
   * Tells the others, and that this replica goes on measuring.
   *
   * @param atLeast how long others leave it alone
   * @return whether this replica is still the one that measures
   */
  boolean publish(Value value, Duration atLeast);

  /** Lets another replica measure at once; what was published stays. */
  void release();

  /** Nobody here asks any more: leaves nothing behind if this replica is the one that measures. */
  void end();

  /** Each replica measures for itself. */
  Share ALONE =
      new Share() {
        @Override
        public Holder look() {
          return Holder.MINE;
        }

        @Override
        public Optional<Value> published() {
          return Optional.empty();
        }

        @Override
        public boolean take(Duration atLeast) {
          return true;
        }

        @Override
        public boolean publish(Value value, Duration atLeast) {
          return true;
        }

        @Override
        public void release() {
          // There is nobody to let it have.
        }

        @Override
        public void end() {
          // Nothing was left anywhere.
        }
      };
}
