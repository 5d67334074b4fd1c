package io.jenkins.plugins.canarygate.jenkins.symbol;

import hudson.model.Item;
import jenkins.model.Jenkins;

/** Whom a form answers. */
final class Forms {
  private Forms() {}

  /** Whoever may see how a job is configured; where there is no job, administrators. */
  static boolean mayConfigure(Item item) {
    return item == null
        ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
        : item.hasPermission(Item.CONFIGURE) || item.hasPermission(Item.EXTENDED_READ);
  }
}
