package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.frontend.Secrets;
import io.jenkins.plugins.canarygate.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What becomes of gates that nobody goes on with. */
final class LeftBehind {
  private static final Logger LOGGER = Logger.getLogger("io.jenkins.plugins.canarygate");

  private final OpenGates open;
  private final Secrets secrets;
  private final InstantSource clock;

  LeftBehind(OpenGates open, Secrets secrets, InstantSource clock) {
    this.open = open;
    this.secrets = secrets;
    this.clock = clock;
  }

  /**
   * Looks after one that is open and does not run here.
   *
   * @param fate what became of its build
   * @return what is known of it, if it is abandoned now and anything is
   */
  Optional<Report> look(OpenGates.Entry entry, BuildFate fate) {
    GateFolder folder = new GateFolder(Path.of(entry.folder()));
    if (fate == BuildFate.OVER) {
      return abandon(
          entry.key(), folder, "its build was not gone on with after Jenkins had stopped");
    }
    if (fate == BuildFate.DELETED) {
      if (Files.isDirectory(folder.path())) {
        return abandon(entry.key(), folder, "Jenkins can no longer read its build");
      }
      ended(entry.key());
    }
    return Optional.empty();
  }

  /** Notes that nobody can go on with it, and why; nothing is contacted. */
  Optional<Report> abandon(GateKey key, GateFolder folder, String why) {
    Leftover left = new Leftover(key, folder, secrets, clock);
    if (left.ended()) {
      // It had ended, and Jenkins stopped before that was noted.
      ended(key);
      return Optional.empty();
    }
    keep(key, () -> open.abandoned(left.abandoned(why)));
    LOGGER.warning(() -> key + " is abandoned: " + why);
    return left.report(why);
  }

  void ended(GateKey key) {
    keep(key, () -> open.ended(key));
  }

  void keep(GateKey key, Office.Keeping what) {
    try {
      what.run();
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "what is noted of " + key + " could not be written", e);
    }
  }
}
