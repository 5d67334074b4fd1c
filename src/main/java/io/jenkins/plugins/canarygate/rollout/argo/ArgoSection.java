package io.jenkins.plugins.canarygate.rollout.argo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.jenkins.plugins.canarygate.kube.ResourceKind;
import io.jenkins.plugins.canarygate.rollout.Abilities;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.DriverSection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The {@code rollout.argo} section of the gate file. */
public record ArgoSection(
    @JsonProperty(required = true) @JsonPropertyDescription("The namespace of the Rollout.")
        String namespace,
    @JsonProperty(required = true) @JsonPropertyDescription("The name of the Rollout.") String name)
    implements DriverSection {

  /** What Argo Rollouts calls a rollout. */
  public static final ResourceKind ROLLOUTS =
      new ResourceKind("argoproj.io", "v1alpha1", "Rollout", "rollouts", "Argo Rollouts");

  private static final Set<Action> ACTIONS =
      EnumSet.of(Action.PROMOTE, Action.PROMOTE_FULLY, Action.ABORT, Action.PAUSE);

  private static final Abilities ABILITIES =
      new Abilities(
          At.nextPause(),
          Map.of(
              At.Kind.NEXT_PAUSE, ACTIONS,
              At.Kind.EACH_PAUSE, ACTIONS,
              At.Kind.STEP, ACTIONS,
              At.Kind.PROGRESSING, ACTIONS),
          true);

  @Override
  public String kind() {
    return ROLLOUTS.kind();
  }

  @Override
  public Abilities abilities() {
    return ABILITIES;
  }
}
