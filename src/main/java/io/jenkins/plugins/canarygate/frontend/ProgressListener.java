package io.jenkins.plugins.canarygate.frontend;

import io.jenkins.plugins.canarygate.check.Numbers;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.Step;
import io.jenkins.plugins.canarygate.host.GateListener;
import java.time.Duration;
import java.util.Optional;

/** Passes on to the progress what a host tells of a gate. */
public final class ProgressListener implements GateListener {
  private final Progress progress;
  private final Secrets secrets;

  public ProgressListener(Progress progress, Secrets secrets) {
    this.progress = progress;
    this.secrets = secrets;
  }

  @Override
  public void stepped(GateSession before, GateSession after, Step step) {
    progress.stepped(before, after);
  }

  @Override
  public void storeFailed(GateSession session, String why, Optional<Duration> again) {
    String then =
        again.map(wait -> "; again in " + Numbers.length(wait)).orElse("; it is not tried again");
    progress.say(secrets.scrub("the session could not be kept: " + why + then));
  }

  @Override
  public void problem(GateSession session, String what) {
    progress.say(secrets.scrub(what));
  }
}
