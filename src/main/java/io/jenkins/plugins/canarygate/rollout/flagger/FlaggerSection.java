package io.jenkins.plugins.canarygate.rollout.flagger;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.jenkins.plugins.canarygate.kube.ResourceKind;
import io.jenkins.plugins.canarygate.rollout.Abilities;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.DriverSection;
import java.util.EnumSet;
import java.util.Map;

/** The {@code rollout.flagger} section of the gate file. */
public record FlaggerSection(
    @JsonProperty(required = true) @JsonPropertyDescription("The namespace of the Canary.")
        String namespace,
    @JsonProperty(required = true) @JsonPropertyDescription("The name of the Canary.") String name)
    implements DriverSection {

  /** What Flagger calls a rollout. */
  public static final ResourceKind CANARIES =
      new ResourceKind("flagger.app", "v1beta1", "Canary", "canaries", "Flagger");

  /** At the promotion a pause sends nothing: there it waits by itself (rule A5). */
  private static final Abilities ABILITIES =
      new Abilities(
          At.promotion(),
          Map.of(
              At.Kind.PROMOTION, EnumSet.of(Action.PROMOTE, Action.ABORT, Action.PAUSE),
              At.Kind.PROGRESSING, EnumSet.of(Action.ABORT)),
          false);

  @Override
  public String kind() {
    return CANARIES.kind();
  }

  @Override
  public Abilities abilities() {
    return ABILITIES;
  }
}
