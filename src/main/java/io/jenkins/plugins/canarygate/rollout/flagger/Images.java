package io.jenkins.plugins.canarygate.rollout.flagger;

import io.jenkins.plugins.canarygate.rollout.RevisionAsked;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares images, to the letter (rules R1, FL5). */
final class Images {
  private Images() {}

  /** Whether a container, any or the one that is named, has the image that is asked. */
  static boolean match(RevisionAsked asked, Map<String, String> images) {
    return images.entrySet().stream()
        .filter(entry -> asked.container().map(entry.getKey()::equals).orElse(true))
        .anyMatch(entry -> asked.image().map(entry.getValue()::equals).orElse(true));
  }

  /** How the primary's images differ from what was judged, in one line; empty if they do not. */
  static Optional<String> difference(
      Map<String, String> judged, TargetView primary, String primaryName) {
    Map<String, String> there = primary.allImages();
    Set<String> containers = new LinkedHashSet<>(judged.keySet());
    containers.addAll(there.keySet());
    for (String container : containers) {
      String was = judged.getOrDefault(container, "no such container");
      String is = there.getOrDefault(container, "no such container");
      if (!was.equals(is)) {
        return Optional.of(
            "container "
                + container
                + " of "
                + primaryName
                + " has "
                + is
                + ", and what was judged has "
                + was);
      }
    }
    return Optional.empty();
  }

  /** In few words, for a person. */
  static String text(TargetView target) {
    return String.join(", ", new LinkedHashSet<>(target.images().values()));
  }

  /** The commonest reasons why a revision that is there is not recognized (rule R1). */
  static String hint(RevisionAsked asked, Map<String, String> images) {
    String image = asked.image().orElse("");
    if (asked.container().isPresent() && !images.containsKey(asked.container().get())) {
      return "; it has no container "
          + asked.container().get()
          + ", only "
          + String.join(", ", images.keySet());
    }
    boolean otherForm =
        images.values().stream()
            .filter(found -> name(found).equals(name(image)))
            .anyMatch(found -> found.contains("@") != image.contains("@"));
    return otherForm
        ? "; a tag and a digest are no match: name the image exactly as the target has it"
        : "";
  }

  private static String name(String image) {
    String name = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
  }
}
