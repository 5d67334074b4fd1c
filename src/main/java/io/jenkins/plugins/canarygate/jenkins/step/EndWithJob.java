package io.jenkins.plugins.canarygate.jenkins.step;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;

/** Ends the gates of jobs and folders that are deleted. */
@Extension
public class EndWithJob extends ItemListener {

  @Override
  public void onDeleted(Item item) {
    CanaryGates.get().cancelJob(item.getFullName(), "the deletion of its job");
  }
}
