package io.jenkins.plugins.canarygate.jenkins.step;

import io.jenkins.plugins.canarygate.gatefile.Fragment;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import io.jenkins.plugins.canarygate.jenkins.gates.GateText;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import io.jenkins.plugins.canarygate.jenkins.symbol.CheckSymbol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The symbols of a step as the tree of a gate file; what is wrong with it, the gate file says. */
final class GateTree {
  private final CanaryGateStep step;

  GateTree(CanaryGateStep step) {
    this.step = step;
  }

  /**
   * The tree.
   *
   * @throws RefusedException if a piece that was given as text is none
   */
  GateText.Tree text() throws RefusedException {
    Map<String, Object> metadata = new LinkedHashMap<>();
    put(metadata, "name", step.getName());
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("apiVersion", "canary-gate/v1");
    tree.put("kind", "Gate");
    tree.put("metadata", metadata);
    try {
      tree.put("spec", spec());
    } catch (GateFileException e) {
      throw new RefusedException(e.getMessage().lines().toList());
    }
    return new GateText.Tree(tree);
  }

  private Map<String, Object> spec() throws GateFileException, RefusedException {
    Map<String, Object> spec = new LinkedHashMap<>();
    if (step.getParameters() != null) {
      Map<String, Object> declared = new LinkedHashMap<>();
      step.getParameters().keySet().forEach(name -> declared.put(name, Map.of("required", true)));
      spec.put("parameters", declared);
    }
    if (step.getRollout() != null) {
      spec.put("rollout", step.getRollout().toTree());
    }
    piece(spec, "at", step.getAt());
    piece(spec, "cohorts", step.getCohorts());
    piece(spec, "defaults", step.getDefaults());
    if (step.getChecks() != null) {
      List<Object> checks = new ArrayList<>();
      for (CheckSymbol check : step.getChecks()) {
        checks.add(check.toTree());
      }
      spec.put("checks", checks);
    }
    piece(spec, "score", step.getScore());
    put(spec, "onPass", step.getOnPass());
    put(spec, "onWarn", step.getOnWarn());
    put(spec, "onFail", step.getOnFail());
    put(spec, "onInconclusive", step.getOnInconclusive());
    put(spec, "onTimeout", step.getOnTimeout());
    put(spec, "onCancel", step.getOnCancel());
    put(spec, "onNotGated", step.getOnNotGated());
    piece(spec, "timeouts", step.getTimeouts());
    if (step.getMarker() != null) {
      Map<String, Object> honeycomb = new LinkedHashMap<>();
      piece(honeycomb, "marker", step.getMarker());
      spec.put("honeycomb", honeycomb);
    }
    return spec;
  }

  private static void put(Map<String, Object> map, String field, Object value) {
    if (value != null) {
      map.put(field, value);
    }
  }

  private static void piece(Map<String, Object> map, String field, Object text)
      throws GateFileException {
    if (text != null) {
      map.put(field, Fragment.read(text.toString(), "canaryGate " + field));
    }
  }
}
