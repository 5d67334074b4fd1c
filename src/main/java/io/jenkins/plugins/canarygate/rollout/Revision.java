package io.jenkins.plugins.canarygate.rollout;

/**
 * A revision as the controller sees it.
 *
 * @param id the controller's name for it, for Argo the pod template hash
 * @param image the image that was found in it, or several with commas; may be empty
 */
public record Revision(String id, String image) {
  @Override
  public String toString() {
    return image.isEmpty() ? id : id + " (" + image + ")";
  }
}
