package io.jenkins.plugins.canarygate.jenkins.symbol;

import hudson.Extension;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code flaggerCanary}: a Canary of Flagger. */
public class FlaggerCanary extends RolloutSymbol {

  @DataBoundConstructor
  public FlaggerCanary(String namespace, String name) {
    super(namespace, name);
  }

  @Override
  String controller() {
    return "flagger";
  }

  /** Its form. */
  @Extension
  @Symbol("flaggerCanary")
  public static class DescriptorImpl extends RolloutDescriptor {
    @Override
    public String getDisplayName() {
      return Messages.FlaggerCanary_displayName();
    }
  }
}
