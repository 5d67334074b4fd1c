package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.gatefile.Gate;
import io.jenkins.plugins.canarygate.gatefile.GateFile;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
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
      byte[] bytes =
          options.text().isPresent()
              ? options.text().get().getBytes(StandardCharsets.UTF_8)
              : bytes(file);
      return GateFile.read(bytes, file.toString(), options.parameters());
    } catch (GateFileException e) {
      throw new Misuse(e.getMessage().lines().toList());
    } catch (NoSuchFileException e) {
      throw new Misuse(
          "there is no gate file " + file + "; see whether the path is right, seen from " + here());
    } catch (AccessDeniedException e) {
      throw new Misuse(
          "the gate file "
              + file
              + " cannot be read: this user lacks the right to; give it that, as with chmod");
    } catch (IOException e) {
      throw new Misuse(
          "the gate file "
              + file
              + " cannot be read: "
              + (e instanceof FileSystemException fault && fault.getReason() != null
                  ? fault.getReason()
                  : e.getMessage())
              + "; name a file that can be");
    }
  }

  private static Path here() {
    return Path.of("").toAbsolutePath();
  }

  private static byte[] bytes(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new Misuse("the gate file " + file + " is a folder; name the file in it");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new Misuse(
            "the gate file " + file + " is larger than 1 MB, which none is; name the right file");
      }
      return bytes;
    }
  }
}
