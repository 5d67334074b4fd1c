package io.jenkins.plugins.canarygate.baddays;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;

/** What can be wrong with a gate file and its parameters. Nothing may be contacted then. */
final class GateFileDays {
  private GateFileDays() {}

  static List<BadDay> all() {
    return List.of(
        day("an empty gate file", gate("")),
        day("a gate file of comments", gate("# nothing yet\n\n# nor here\n")),
        day("a gate file of 300 KB", gate("# " + "x".repeat(300_000))),
        day("a gate file of 2 MB", gate("# " + "x".repeat(2_000_000))),
        day("a binary gate file", p -> p.write("gate.yaml", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1})),
        day("a gate file with a NUL", gate("kind: Ga\0te\n")),
        day("anchors that hold themselves", gate("apiVersion: canary-gate/v1\nspec: &a\n  checks: [*a]\n")),
        day("duplicate keys", gate(Gates.USUAL.replace("kind: Gate\n", "kind: Gate\nkind: Gate\n"))),
        day("20,000 brackets", gate("spec: " + "[".repeat(20_000))),
        day("no YAML", gate("kind: Gate\n  spec: [\n")),
        day("a list", gate("- a\n- b\n")),
        day("another kind", gate("apiVersion: v1\nkind: Secret\n")),
        BadDay.of("a gate file that is not there", p -> {}, "run FOLDER/gates.yaml", 2),
        BadDay.of("a folder", p -> {}, "run FOLDER", 2),
        day("a gate file that must not be read", GateFileDays::unreadable),
        day("ten faults", gate(Gates.TEN_FAULTS)),
        BadDay.of("an unknown parameter", p -> {}, "run FOLDER/gate.yaml --set imge=x", 2),
        BadDay.of("no parameter", p -> {}, "run FOLDER/gate.yaml --set image", 2),
        BadDay.of("a parameter given twice", p -> {}, "run FOLDER/gate.yaml --set image=x --set image=y", 2),
        day("a missing parameter", gate(Gates.USUAL.replace("default: \"registry.example/checkout:2\"", "required: true"))),
        BadDay.of("no gate file", p -> {}, "run", 2),
        BadDay.of("unknown option", p -> {}, "run FOLDER/gate.yaml --sett image=x", 2),
        BadDay.of("unknown command", p -> {}, "rnu FOLDER/gate.yaml", 2));
  }

  private static BadDay day(String name, Consumer<Place> happens, String... says) {
    return BadDay.of(name, happens, "run FOLDER/gate.yaml", 2, says);
  }

  private static Consumer<Place> gate(String text) {
    return place -> place.write("gate.yaml", text);
  }

  /** A link that leads to itself: nobody can read it, not even a superuser. */
  private static void unreadable(Place place) {
    try {
      Files.delete(place.folder.resolve("gate.yaml"));
      Files.createSymbolicLink(place.folder.resolve("gate.yaml"), place.folder.resolve("gate.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
