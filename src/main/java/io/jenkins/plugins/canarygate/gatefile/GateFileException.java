package io.jenkins.plugins.canarygate.gatefile;

import java.util.List;
import java.util.stream.Collectors;

/** A gate file that cannot be used. Its message has all faults, one a line. */
public final class GateFileException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 200;

  private final transient List<Fault> faults;

  GateFileException(String fileName, List<Fault> faults) {
    super(message(fileName, faults));
    this.faults = List.copyOf(faults);
  }

  /** What is wrong, in the order of the file; never empty. */
  public List<Fault> faults() {
    return faults;
  }

  private static String message(String fileName, List<Fault> faults) {
    String lines =
        faults.stream().limit(SHOWN).map(f -> f.in(fileName)).collect(Collectors.joining("\n"));
    int more = faults.size() - SHOWN;
    return more > 0 ? lines + "\n" + fileName + ": and " + more + " more" : lines;
  }
}
