package io.jenkins.plugins.canarygate.rollout;

import java.util.Optional;

/**
 * Which revision the gate is for (rule R1).
 *
 * @param image the image that the pipeline deployed, compared to the letter; empty for any revision
 * @param container the container that runs it; empty for any container
 */
public record RevisionAsked(Optional<String> image, Optional<String> container) {

  public static RevisionAsked any() {
    return new RevisionAsked(Optional.empty(), Optional.empty());
  }

  public static RevisionAsked image(String image) {
    return new RevisionAsked(Optional.of(image), Optional.empty());
  }

  public boolean isAny() {
    return image.isEmpty();
  }

  @Override
  public String toString() {
    return image
        .map(name -> container.map(in -> name + " in container " + in).orElse(name))
        .orElse("any revision");
  }
}
