package io.jenkins.plugins.canarygate.rollout.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a gate decided about one revision, as the annotation {@value #ANNOTATION} of the Canary
 * holds it: one JSON object, at most {@link #LARGEST} characters. The gate keeps it there while it
 * follows the rollout and removes it once it is in effect (rule FL4); the gate server answers
 * Flagger's hooks by it ({@link HookAnswers}). It is read by {@link DecisionNote}.
 *
 * @param gate the id of the gate whose decision it is
 * @param action promote or abort
 * @param binding what it is for
 * @param notAfter until when it holds, in whole seconds; a gate that still follows puts it off
 */
public record Decision(String gate, Action action, Binding binding, Instant notAfter) {
  /** The annotation's name. */
  public static final String ANNOTATION = "canary-gate/decision";

  /** How long the annotation's text may be. */
  public static final int LARGEST = 2048;

  static final int VERSION = 1;

  /** What was decided. */
  public enum Action {
    PROMOTE("promote"),
    ABORT("abort");

    private final String text;

    Action(String text) {
      this.text = text;
    }

    /** The word in the annotation. */
    public String text() {
      return text;
    }
  }

  public Decision {
    notAfter = notAfter.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The annotation's text: the same decision always gives the same bytes. */
  public String write() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("version", VERSION);
    tree.put("gate", gate);
    tree.put("action", action.text());
    tree.put("uid", binding.uid());
    tree.put("lastAppliedSpec", binding.lastAppliedSpec());
    tree.put("trackedConfigs", binding.trackedConfigs());
    tree.put("template", binding.template());
    tree.put("notAfter", notAfter.toString());
    return Canonical.text(tree);
  }

  /** Whether it holds by the clock; see {@link HookAnswers} for the one that holds beyond. */
  public boolean expired(Instant now) {
    return now.isAfter(notAfter);
  }

  /** The same decision, holding until another moment. */
  public Decision until(Instant later) {
    return new Decision(gate, action, binding, later);
  }

  /** Whether another decision says the same, whatever their ends. */
  public boolean sameBut(Decision other) {
    return equals(other.until(notAfter));
  }

  static Decision read(JsonNode tree) {
    return new Decision(
        tree.path("gate").textValue(),
        tree.path("action").textValue().equals("abort") ? Action.ABORT : Action.PROMOTE,
        new Binding(
            tree.path("uid").textValue(),
            tree.path("lastAppliedSpec").textValue(),
            tree.path("trackedConfigs").textValue(),
            tree.path("template").textValue()),
        Instant.parse(tree.path("notAfter").textValue()));
  }
}
