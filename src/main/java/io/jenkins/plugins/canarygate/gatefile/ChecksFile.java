package io.jenkins.plugins.canarygate.gatefile;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Reads files of named checks. */
public final class ChecksFile {
  private ChecksFile() {}

  /**
   * Reads a file of named checks in YAML or JSON.
   *
   * @param content the bytes of the file
   * @param fileName what messages call it
   * @throws GateFileException with everything that is wrong
   */
  public static Checks read(byte[] content, String fileName) throws GateFileException {
    Faults faults = new Faults();
    Optional<Checks> checks =
        FileText.of(content, faults)
            .flatMap(text -> JsonTabs.read(text, faults))
            .flatMap(root -> checks(root, faults));
    if (faults.any() || checks.isEmpty()) {
      throw new GateFileException(fileName, faults.sorted());
    }
    return checks.get();
  }

  private static Optional<Checks> checks(Node root, Faults faults) {
    Node filled = ArgumentFill.sample(root, declared(root), faults);
    return new Binder(faults)
        .bind(RawChecks.class, filled, Path.ROOT)
        .flatMap(raw -> new ChecksReader(raw, root, new Places(filled), faults).read());
  }

  /** The names of the arguments, which are known before anything else. */
  private static Set<String> declared(Node root) {
    Set<String> names = new LinkedHashSet<>();
    names.add(Checks.NAMESPACE);
    if (root instanceof Node.Mapping file
        && file.get("spec").orElse(null) instanceof Node.Mapping spec
        && spec.get("arguments").orElse(null) instanceof Node.Mapping arguments) {
      arguments.fields().forEach(field -> names.add(field.key()));
    }
    return names;
  }
}
