package io.jenkins.plugins.canarygate.jenkins.symbol;

import hudson.Extension;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code argoAnalysisRuns}: the controller's own analysis, counted and not believed. */
public class ArgoAnalysisRuns extends CheckSymbol {

  @DataBoundConstructor
  public ArgoAnalysisRuns(String name) {
    super(name);
  }

  @Override
  void source(Map<String, Object> tree) {
    tree.put("argo", Map.of("analysisRuns", "required"));
  }

  /** Its form. */
  @Extension
  @Symbol("argoAnalysisRuns")
  public static class DescriptorImpl extends CheckSymbolDescriptor {
    @Override
    CheckSymbol sample() {
      return new ArgoAnalysisRuns("sample");
    }

    @Override
    public String getDisplayName() {
      return Messages.ArgoAnalysisRuns_displayName();
    }
  }
}
