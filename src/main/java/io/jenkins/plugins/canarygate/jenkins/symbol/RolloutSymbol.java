package io.jenkins.plugins.canarygate.jenkins.symbol;

import hudson.model.Describable;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Which rollout a gate is for, and the revision of it that is judged, as a symbol in a Jenkinsfile.
 */
public abstract class RolloutSymbol implements Describable<RolloutSymbol> {
  private final String namespace;
  private final String name;
  private String image;
  private String container;
  private String revision;

  RolloutSymbol(String namespace, String name) {
    this.namespace = namespace;
    this.name = name;
  }

  /** The controller's word in a gate file. */
  abstract String controller();

  /**
   * The {@code rollout} section of a gate file.
   *
   * @throws RefusedException if what is given contradicts itself in a way that no file can
   */
  public final Map<String, Object> toTree() throws RefusedException {
    if (revision != null && (image != null || container != null)) {
      throw new RefusedException(
          SymbolDescriptor.symbol(getClass())
              + " is given its revision in two ways; give image: (with container:, if it is"
              + " needed), or revision: 'any'");
    }
    Map<String, Object> named = new LinkedHashMap<>();
    CheckSymbol.put(named, "namespace", namespace);
    CheckSymbol.put(named, "name", name);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put(controller(), named);
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

  /** The form of a rollout: what all of them have in common. */
  public abstract static class RolloutDescriptor extends SymbolDescriptor<RolloutSymbol> {
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
          ? Optional.of(Messages.RolloutSymbol_needed())
          : Optional.empty();
    }

    @POST
    public FormValidation doCheckImage(
        @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String revision) {
      return CheckSymbolDescriptor.answer(item, () -> which(value, revision));
    }

    static Optional<String> which(String image, String revision) {
      boolean one = (CheckSymbol.text(image) == null) != (CheckSymbol.text(revision) == null);
      return one ? Optional.empty() : Optional.of(Messages.RolloutSymbol_which());
    }
  }
}
