package io.jenkins.plugins.canarygate.baddays;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What can be wrong with a gate file, its parameters and the flags. Nothing is contacted then. */
final class GateFileDays {
  private static final Consumer<Place> NOTHING = place -> {};

  private GateFileDays() {}

  static List<BadDay> all() {
    List<BadDay> days = new ArrayList<>();
    content(days, "empty", "", "FILE: the file is empty; see docs/gate-file.md for an example");
    content(
        days,
        "comments alone",
        "# nothing yet\n\n# nor here\n",
        "FILE: the file holds nothing but comments; see docs/gate-file.md for an example");
    content(
        days,
        "larger than 256 KB",
        "# " + "x".repeat(300_000),
        "FILE: the file has NUMBER bytes; a gate file has at most 262144: name the right file, or"
            + " make several gates of it");
    content(
        days,
        "larger than 1 MB",
        "# " + "x".repeat(2_000_000),
        "the gate file FILE is larger than 1 MB, which none is; name the right file");
    file(
        days,
        "binary",
        place -> place.write("gate.yaml", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1}),
        "FILE: the file is not text in UTF-8: save it as that, or name the right file");
    content(
        days,
        "a control character",
        "kind: Ga\0te\n",
        "FILE:1:9: the file holds the control character U+0000: take it out, or name the right"
            + " file");
    content(
        days,
        "anchors that hold themselves",
        "apiVersion: canary-gate/v1\nspec: &a\n  checks: [*a]\n",
        "FILE:2:7: spec: an anchor (&) cannot be used: write the value out");
    content(
        days,
        "a key given twice",
        Gates.USUAL.replace("kind: Gate\n", "kind: Gate\nkind: Gate\n"),
        "FILE:3:1: kind: given twice, first in line 2: keep one");
    content(
        days,
        "20,000 brackets",
        "spec: " + "[".repeat(20_000),
        "FILE:1:57: nested more than 50 deep, which no gate file is: look for a bracket too many");
    content(
        days,
        "no YAML",
        "kind: Gate\n  spec: [\n",
        "FILE:2:7: neither YAML nor JSON: mapping values are not allowed here");
    content(
        days,
        "a list",
        "- a\n- b\n",
        "FILE:1:1: must be a mapping with apiVersion, kind, metadata, spec");
    content(
        days,
        "another kind",
        "apiVersion: v1\nkind: Secret\n",
        "FILE:2:7: kind: 'Secret' must be 'Gate'",
        "FILE:1:13: apiVersion: 'v1' must be 'canary-gate/v1'",
        "FILE:1:1: spec: is missing");
    content(
        days,
        "a missing parameter",
        Gates.USUAL.replace("default: \"registry.example/checkout:2\"", "required: true"),
        "FILE:5:23: spec.parameters.image: has no value in this run: give it one (the command takes"
            + " --set image=VALUE)");
    file(
        days,
        "a gate file that cannot be read",
        GateFileDays::unreadable,
        "the gate file FILE cannot be read: TEXT; name a file that can be");
    content(days, "ten faults and more", Gates.TEN_FAULTS, Gates.TEN_FAULTS_SAID);
    flags(
        days,
        "a gate file that is not there",
        "FOLDER/gates.yaml",
        "there is no gate file FILE; see whether the path is right, seen from FOLDER");
    flags(days, "a folder", "FOLDER", "the gate file FOLDER is a folder; name the file in it");
    flags(
        days,
        "an unknown parameter",
        "FOLDER/gate.yaml --set imge=x",
        "spec.parameters.imge: was given a value, but the gate file declares no such parameter; did"
            + " you mean 'image'?");
    flags(
        days,
        "a parameter without a value",
        "FOLDER/gate.yaml --set image",
        "--set NAME: write --set NAME=VALUE, as --set image=shop/app:1.2");
    flags(
        days,
        "a parameter given twice",
        "FOLDER/gate.yaml --set image=x --set image=y",
        "--set NAME is given twice; give it once");
    flags(
        days,
        "an unknown option",
        "FOLDER/gate.yaml --kubconfig x",
        "Unknown options: '--kubconfig', 'x'",
        "see \"canary-gate WORD --help\"");
    days.add(
        BadDay.of(
            "no gate file", NOTHING, "run", 2, "Missing required parameter: 'GATE'", "run --help"));
    days.add(
        BadDay.of(
            "an unknown command",
            NOTHING,
            "rnu FOLDER/gate.yaml",
            2,
            "there is no command 'WORD'; did you mean 'run'?",
            "see \"canary-gate --help\""));
    return days;
  }

  private static void content(List<BadDay> days, String name, String text, String... says) {
    file(days, name, place -> place.write("gate.yaml", text), says);
  }

  private static void file(
      List<BadDay> days, String name, Consumer<Place> happens, String... says) {
    add(days, name, happens, "FOLDER/gate.yaml", says);
  }

  private static void flags(List<BadDay> days, String name, String flags, String... says) {
    add(days, name, NOTHING, flags, says);
  }

  private static void add(
      List<BadDay> days, String name, Consumer<Place> happens, String flags, String... says) {
    for (String command : List.of("run ", "check ", "plan ")) {
      days.add(BadDay.of(name, happens, command + flags, 2, says));
    }
  }

  /** A link that leads to itself: not even a superuser can read it. */
  private static void unreadable(Place place) {
    Path gate = place.folder.resolve("gate.yaml");
    try {
      Files.delete(gate);
      Files.createSymbolicLink(gate, gate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
