package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.Moment;
import java.io.IOException;
import java.util.Optional;

/** Begins a gate in a store, or goes on from what is kept there (rule S1). */
public final class Sessions {

  /** What was found. */
  public enum Found {
    /** Nothing: the gate begins. */
    NEW,
    /** A gate that goes on. */
    RESUMED,
    /** A gate that has ended: its verdict is said again, nothing is contacted. */
    FINISHED
  }

  /**
   * A session in the hands of this process, until it is closed.
   *
   * @param store where it is kept
   * @param session its state
   * @param found what was found
   */
  public record Opened(OwnedStore store, GateSession session, Found found)
      implements AutoCloseable {
    @Override
    public void close() throws IOException {
      store.close();
    }
  }

  private Sessions() {}

  /**
   * Looks what is kept. The store is closed if that cannot be gone on from.
   *
   * @param store in the hands of this process
   * @param id what a gate that begins is called
   * @param moment when
   * @throws OtherGateException if it was begun for another gate file, other parameters or another
   *     command
   * @throws IOException if it cannot be read; the message says what to do
   */
  public static Opened open(OwnedStore store, GateSpec spec, String id, Moment moment)
      throws IOException, OtherGateException {
    try {
      Optional<GateSession> kept = store.load();
      if (kept.isEmpty()) {
        return new Opened(store, GateSession.begin(spec, id, moment), Found.NEW);
      }
      GateSession session = kept.get();
      refuseOther(store.name(), spec, session);
      return new Opened(store, session, session.ended() ? Found.FINISHED : Found.RESUMED);
    } catch (IOException | OtherGateException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /**
   * Refuses a state that was kept for something else.
   *
   * @param name what messages call the session
   */
  public static void refuseOther(String name, GateSpec spec, GateSession session)
      throws OtherGateException {
    if (!session.digest().equals(spec.digest())) {
      throw new OtherGateException(
          name,
          "was begun by the gate "
              + session.gate()
              + " with another gate file or other parameters than now");
    }
    if (session.mode() != spec.mode()) {
      throw new OtherGateException(name, "was begun by another command or with other options");
    }
  }
}
