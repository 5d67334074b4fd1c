package io.jenkins.plugins.canarygate.jenkins.step;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;

/** Ends the gates of builds that are over or deleted, however that came. */
@Extension
public class EndWithBuild extends RunListener<Run<?, ?>> {

  @Override
  public void onFinalized(Run<?, ?> run) {
    CanaryGates.get().cancelAll(run.getExternalizableId(), "the end of its build");
  }

  @Override
  public void onDeleted(Run<?, ?> run) {
    CanaryGates.get().cancelAll(run.getExternalizableId(), "the deletion of its build");
  }
}
