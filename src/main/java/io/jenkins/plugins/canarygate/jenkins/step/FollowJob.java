package io.jenkins.plugins.canarygate.jenkins.step;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;

/** Goes with jobs that are renamed or moved, as each job in such a folder is. */
@Extension
public class FollowJob extends ItemListener {

  @Override
  public void onLocationChanged(Item item, String oldFullName, String newFullName) {
    CanaryGates.get().moved(oldFullName, newFullName);
  }
}
