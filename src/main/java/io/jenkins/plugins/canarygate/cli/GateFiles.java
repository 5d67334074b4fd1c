package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.gatefile.Gate;
import io.jenkins.plugins.canarygate.gatefile.GateFile;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the gate file that a command names. */
final class GateFiles {
  // More than any gate needs; what is larger is another file.
  private static final int LARGEST = 1024 * 1024;

  private GateFiles() {}

  /**
   * Reads it with the parameters that were set.
   *
   * @throws Misuse with all that is wrong, each fault a line
   */
  static Gate read(GateOptions options) {
    Path file = options.gate();
    try {
      return GateFile.read(bytes(file), file.toString(), options.parameters());
    } catch (GateFileException e) {
      throw new Misuse(e.getMessage().lines().toList());
    } catch (NoSuchFileException e) {
      throw new Misuse("there is no gate file " + file);
    } catch (IOException e) {
      throw new Misuse("the gate file " + file + " cannot be read: " + e.getMessage());
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException("it is larger than 1 MB, which no gate file is");
      }
      return bytes;
    }
  }
}
