package io.jenkins.plugins.canarygate.jenkins.symbol;

import hudson.Extension;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code argoRollout}: a Rollout of Argo Rollouts. */
public class ArgoRollout extends RolloutSymbol {

  @DataBoundConstructor
  public ArgoRollout(String namespace, String name) {
    super(namespace, name);
  }

  @Override
  String controller() {
    return "argo";
  }

  /** Its form. */
  @Extension
  @Symbol("argoRollout")
  public static class DescriptorImpl extends RolloutDescriptor {
    @Override
    public String getDisplayName() {
      return Messages.ArgoRollout_displayName();
    }
  }
}
