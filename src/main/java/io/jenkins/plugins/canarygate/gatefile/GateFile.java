package io.jenkins.plugins.canarygate.gatefile;

import io.jenkins.plugins.canarygate.gate.HandCommands;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads gate files. */
public final class GateFile {
  private static final int MOST_PARAMETERS = 100;
  private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z0-9._/+-]+");

  private final String fileName;
  private final Map<String, String> handedIn;
  private final Faults faults = new Faults();

  private GateFile(String fileName, Map<String, String> parameters) {
    this.fileName = fileName;
    this.handedIn = Map.copyOf(parameters);
  }

  /**
   * Reads a gate file in YAML or JSON.
   *
   * @param content the bytes of the file
   * @param fileName what messages call it
   * @param parameters the values that vary from run to run, by name
   * @throws GateFileException with everything that is wrong
   */
  public static Gate read(byte[] content, String fileName, Map<String, String> parameters)
      throws GateFileException {
    GateFile file = new GateFile(fileName, parameters);
    Optional<Node> tree =
        FileText.of(content, file.faults).flatMap(text -> JsonTabs.read(text, file.faults));
    return file.gate(tree, content);
  }

  /**
   * Reads a gate from a tree of maps, lists, texts, numbers and truths that another front end has
   * put together. Its faults have no line.
   *
   * @param tree the fields of the whole file, from {@code apiVersion} on
   * @param name what messages call it
   * @param parameters as for a file
   * @throws GateFileException with everything that is wrong
   */
  public static Gate read(Map<?, ?> tree, String name, Map<String, String> parameters)
      throws GateFileException {
    GateFile file = new GateFile(name, parameters);
    Node root = PlainTree.of(tree, file.faults);
    byte[] content = JsonTree.of(root).toString().getBytes(StandardCharsets.UTF_8);
    return file.gate(Optional.of(root), content);
  }

  private Gate gate(Optional<Node> tree, byte[] content) throws GateFileException {
    Optional<Gate> gate = tree.flatMap(root -> gate(root, content));
    if (faults.any() || gate.isEmpty()) {
      throw new GateFileException(fileName, faults.sorted());
    }
    return gate.get();
  }

  private Optional<Gate> gate(Node root, byte[] content) {
    Parameters parameters = Parameters.of(declared(root), handedIn, new Places(root), faults);
    Node filled = Substitution.fill(root, parameters, faults);
    Places places = new Places(filled);
    String digest = Digest.of(content, parameters.values());
    return new Binder(faults)
        .bind(RawGate.class, filled, Path.ROOT)
        .flatMap(
            raw ->
                new GateReader(raw, places, faults).read(digest, parameters.values(), commands()));
  }

  /** Parameters are known before anything else, for they go into all the rest. */
  private Map<String, RawGate.Parameter> declared(Node root) {
    Map<String, RawGate.Parameter> declared = new LinkedHashMap<>();
    if (root instanceof Node.Mapping file
        && file.get("spec").orElse(null) instanceof Node.Mapping spec
        && spec.get("parameters").orElse(null) instanceof Node.Mapping parameters) {
      Binder binder = new Binder(faults);
      if (parameters.fields().size() > MOST_PARAMETERS) {
        faults.add(
            "spec.parameters",
            parameters.place(),
            "there are more than " + MOST_PARAMETERS + " parameters");
      }
      for (Node.Field field : parameters.fields().stream().limit(MOST_PARAMETERS).toList()) {
        String path = Path.field("spec.parameters", field.key());
        declared.put(
            field.key(), binder.bind(RawGate.Parameter.class, field.value(), path).orElse(null));
      }
    }
    return declared;
  }

  private HandCommands commands() {
    String file =
        NEEDS_NO_QUOTES.matcher(fileName).matches()
            ? fileName
            : "'" + fileName.replace("'", "'\\''") + "'";
    return new HandCommands(
        "canary-gate promote " + file + " --reason TEXT",
        "canary-gate abort " + file + " --reason TEXT");
  }
}
