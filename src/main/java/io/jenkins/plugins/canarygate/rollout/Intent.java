package io.jenkins.plugins.canarygate.rollout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An action that was decided and written down, before anything of it is sent (promise 4).
 *
 * @param action what is to be done
 * @param at when it was written down
 * @param fence what must not have moved
 * @param sends what was sent of it, oldest first
 */
public record Intent(Action action, Instant at, Fence fence, List<Send> sends) {
  public Intent {
    sends = List.copyOf(sends);
  }

  /**
   * The same with one more send; of renewals that worked, one after the other, the last is kept.
   */
  public Intent with(Send send) {
    List<Send> more = new ArrayList<>(sends);
    if (!more.isEmpty() && send.renews(more.get(more.size() - 1))) {
      more.remove(more.size() - 1);
    }
    more.add(send);
    return new Intent(action, at, fence, more);
  }

  public Intent under(Fence other) {
    return new Intent(action, at, other, sends);
  }

  /** Whether anything of it may have reached the server. */
  public boolean mayHaveArrived() {
    return sends.stream().anyMatch(Send::mayHaveArrived);
  }
}
