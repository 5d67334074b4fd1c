package io.jenkins.plugins.canarygate.jenkins.symbol;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code argoRollout}: a Rollout of Argo Rollouts, and the revision of it that is judged. */
public class ArgoRollout extends RolloutSymbol {
  private final String namespace;
  private final String name;
  private String image;
  private String container;
  private String revision;

  @DataBoundConstructor
  public ArgoRollout(String namespace, String name) {
    this.namespace = namespace;
    this.name = name;
  }

  @Override
  public Map<String, Object> toTree() throws RefusedException {
    if (revision != null && (image != null || container != null)) {
      throw new RefusedException(
          "argoRollout is given its revision in two ways; give image: (with container:, if it is"
              + " needed), or revision: 'any'");
    }
    Map<String, Object> argo = new LinkedHashMap<>();
    CheckSymbol.put(argo, "namespace", namespace);
    CheckSymbol.put(argo, "name", name);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("argo", argo);
    if (revision != null) {
      tree.put("revision", revision);
    } else if (image != null || container != null) {
      Map<String, Object> asked = new LinkedHashMap<>();
      CheckSymbol.put(asked, "image", image);
      CheckSymbol.put(asked, "container", container);
      tree.put("revision", asked);
    }
    return tree;
  }

  public String getNamespace() {
    return namespace;
  }

  public String getName() {
    return name;
  }

  public String getImage() {
    return image;
  }

  /**
   * @param image what this pipeline deployed, compared to the letter
   */
  @DataBoundSetter
  public void setImage(String image) {
    this.image = CheckSymbol.text(image);
  }

  public String getContainer() {
    return container;
  }

  @DataBoundSetter
  public void setContainer(String container) {
    this.container = CheckSymbol.text(container);
  }

  public String getRevision() {
    return revision;
  }

  /**
   * @param revision the word {@code any}, in place of an image
   */
  @DataBoundSetter
  public void setRevision(String revision) {
    this.revision = CheckSymbol.text(revision);
  }

  /** Its form. */
  @Extension
  @Symbol("argoRollout")
  public static class DescriptorImpl extends SymbolDescriptor<RolloutSymbol> {
    @Override
    public String getDisplayName() {
      return Messages.ArgoRollout_displayName();
    }

    @POST
    public FormValidation doCheckNamespace(
        @AncestorInPath Item item, @QueryParameter String value) {
      return CheckSymbolDescriptor.answer(item, () -> needed(value));
    }

    @POST
    public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
      return CheckSymbolDescriptor.answer(item, () -> needed(value));
    }

    static Optional<String> needed(String value) {
      return CheckSymbol.text(value) == null
          ? Optional.of(Messages.ArgoRollout_needed())
          : Optional.empty();
    }

    @POST
    public FormValidation doCheckImage(
        @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String revision) {
      return CheckSymbolDescriptor.answer(item, () -> which(value, revision));
    }

    static Optional<String> which(String image, String revision) {
      boolean one = (CheckSymbol.text(image) == null) != (CheckSymbol.text(revision) == null);
      return one ? Optional.empty() : Optional.of(Messages.ArgoRollout_which());
    }
  }
}
