package io.jenkins.plugins.canarygate.tekton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one step of a Task as its container gets it: params, results, workspaces and the TaskRun's
 * own names are put in as Tekton does it, and after that what Kubernetes puts in for the
 * environment. What Tekton would refuse is an {@link IllegalArgumentException}.
 */
public final class TaskStep {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\(([^()]+)\\)");
  private static final String WHOLE = "$(params.%s[*])";

  private final JsonNode spec;
  private final JsonNode step;
  private final Map<String, String> references = new HashMap<>();
  private final Map<String, List<String>> arrays = new HashMap<>();
  private final Map<String, Map<String, String>> secrets = new HashMap<>();

  private TaskStep(JsonNode task) {
    spec = task.path("spec");
    step = spec.at("/steps/0");
    if (spec.path("steps").size() != 1) {
      throw new IllegalArgumentException("there is more than one step");
    }
  }

  /** The Task of the repository, in a TaskRun {@code ci/gate-x7}. */
  public static TaskStep ofTheTask() {
    return read(Path.of("tekton-tasks", "canary-gate", "canary-gate.yaml"))
        .taskRun("ci", "gate-x7", "7b1f5a0e-3f0c-4f0e-9d55-0d5f6b1c2a77")
        .param("image", "canary-gate@sha256:" + "0".repeat(64));
  }

  static TaskStep read(Path file) {
    try {
      return new TaskStep(new YAMLMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TaskStep taskRun(String namespace, String name, String uid) {
    references.put("context.taskRun.namespace", namespace);
    references.put("context.taskRun.name", name);
    references.put("context.taskRun.uid", uid);
    return this;
  }

  public TaskStep param(String name, String... values) {
    JsonNode param = named("params", name);
    if (param.path("type").asText("string").equals("array")) {
      arrays.put(name, List.of(values));
    } else if (values.length == 1) {
      references.put("params." + name, values[0]);
    } else {
      throw new IllegalArgumentException("the param " + name + " is one string");
    }
    return this;
  }

  public TaskStep workspace(String name, Path folder) {
    named("workspaces", name);
    references.put("workspaces." + name + ".path", folder.toString());
    return this;
  }

  /** Where results are written, {@code /tekton/results} in a pod. */
  public TaskStep results(Path folder) {
    for (JsonNode result : spec.path("results")) {
      String name = result.path("name").asText();
      references.put("results." + name + ".path", folder.resolve(name).toString());
    }
    return this;
  }

  /** A key of a Secret beside the TaskRun. */
  public TaskStep secret(String name, String key, String value) {
    secrets.computeIfAbsent(name, any -> new HashMap<>()).put(key, value);
    return this;
  }

  private JsonNode named(String list, String name) {
    for (JsonNode one : spec.path(list)) {
      if (one.path("name").asText().equals(name)) {
        return one;
      }
    }
    throw new IllegalArgumentException("the Task has no " + name + " among its " + list);
  }

  /** The program, with what Java itself is told. */
  public List<String> command() {
    return words("command");
  }

  /** The words of the command. */
  public List<String> args() {
    return words("args");
  }

  private List<String> words(String field) {
    List<String> words = new ArrayList<>();
    Map<String, String> env = env();
    for (JsonNode word : step.path(field)) {
      for (String text : expanded(word.asText())) {
        words.add(byKubernetes(text, env));
      }
    }
    return words;
  }

  private List<String> expanded(String text) {
    for (JsonNode param : spec.path("params")) {
      String name = param.path("name").asText();
      if (text.equals(WHOLE.formatted(name))) {
        return arrays.getOrDefault(name, List.of());
      }
    }
    return List.of(substituted(text));
  }

  private String substituted(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
  }

  private String value(String reference) {
    if (references.containsKey(reference)) {
      return references.get(reference);
    }
    String[] parts = reference.split("\\.");
    if (parts[0].equals("params")) {
      JsonNode standard = named("params", parts[1]).path("default");
      if (standard.isTextual()) {
        return standard.asText();
      }
    }
    if (parts[0].equals("workspaces")
        && named("workspaces", parts[1]).path("optional").asBoolean()) {
      return "";
    }
    throw new IllegalArgumentException("nothing is given for $(" + reference + ")");
  }

  /** The environment that the step asks for, in its order. */
  public Map<String, String> env() {
    Map<String, String> env = new LinkedHashMap<>();
    for (JsonNode one : step.path("env")) {
      String name = one.path("name").asText();
      JsonNode key = one.at("/valueFrom/secretKeyRef");
      if (one.has("value")) {
        env.put(name, byKubernetes(substituted(one.path("value").asText()), env));
        continue;
      }
      Map<String, String> secret =
          secrets.getOrDefault(substituted(key.path("name").asText()), Map.of());
      String value = secret.get(key.path("key").asText());
      if (value != null) {
        env.put(name, value);
      } else if (!key.path("optional").asBoolean()) {
        throw new IllegalArgumentException("there is no Secret for " + name);
      }
    }
    return env;
  }

  /** Kubernetes puts in variables, takes "$$" for "$", and leaves what it does not know. */
  private static String byKubernetes(String text, Map<String, String> env) {
    return Pattern.compile("\\$\\$|\\$\\(([^()]+)\\)")
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1) == null
                        ? "$"
                        : env.getOrDefault(found.group(1), found.group())));
  }
}
