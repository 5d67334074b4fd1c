package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.gatefile.Gate;
import io.jenkins.plugins.canarygate.gatefile.GateFile;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import java.util.Map;

/** A gate, as a step gives it. */
public sealed interface GateText {

  /** Where the text of a gate is read from; may block. */
  @FunctionalInterface
  interface Source {
    /**
     * Reads it.
     *
     * @param order what was asked beside it, as it was kept
     * @throws RefusedException if it cannot be read; the message says what to do
     */
    GateText read(GateOrder order) throws RefusedException;
  }

  /** Reads the gate, with the same validation whichever way it was given. */
  Gate gate(Map<String, String> parameters) throws GateFileException;

  /**
   * A gate file, or its text.
   *
   * @param name what messages call it
   * @param content its bytes
   */
  record Bytes(String name, byte[] content) implements GateText {
    @Override
    public Gate gate(Map<String, String> parameters) throws GateFileException {
      return GateFile.read(content, name, parameters);
    }
  }

  /**
   * A gate put together by symbols.
   *
   * @param tree the fields of the whole file, from {@code apiVersion} on: maps, lists, texts,
   *     numbers and truths
   */
  record Tree(Map<String, Object> tree) implements GateText {
    static final String NAME = "canaryGate";

    @Override
    public Gate gate(Map<String, String> parameters) throws GateFileException {
      return GateFile.read(tree, NAME, parameters);
    }
  }
}
