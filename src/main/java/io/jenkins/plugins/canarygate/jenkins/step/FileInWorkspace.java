package io.jenkins.plugins.canarygate.jenkins.step;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import jenkins.MasterToSlaveFileCallable;

/** Reads a file of a workspace where the workspace is, and nothing outside it. */
final class FileInWorkspace extends MasterToSlaveFileCallable<FileInWorkspace.Found> {
  private static final long serialVersionUID = 1L;

  /** As large as a gate file may be. */
  private static final int LARGEST = 256 * 1024;

  private final String path;

  FileInWorkspace(String path) {
    this.path = path;
  }

  /** What was found: the content, or why there is none. */
  static final class Found implements Serializable {
    private static final long serialVersionUID = 1L;

    private final byte[] content;
    private final String fault;

    private Found(byte[] content, String fault) {
      this.content = content;
      this.fault = fault;
    }

    byte[] content() {
      return content;
    }

    /** What is wrong and what to do, to follow the file's name; null if nothing is. */
    String fault() {
      return fault;
    }
  }

  @Override
  public Found invoke(File workspace, VirtualChannel channel) throws IOException {
    Path root = workspace.toPath();
    Path file;
    try {
      Path relative = Path.of(path);
      file = root.resolve(relative).normalize();
      if (relative.isAbsolute() || !file.startsWith(root.normalize())) {
        return fault("is outside the workspace; name it by its path within");
      }
    } catch (InvalidPathException e) {
      return fault("has a name that no file can have; name the right file");
    }
    Path real;
    try {
      real = file.toRealPath();
    } catch (NoSuchFileException e) {
      return fault("is not in the workspace; check out what holds it first, or see its path");
    }
    // Whatever a link leads to outside could be a secret of the agent's.
    if (!real.startsWith(root.toRealPath())) {
      return fault("leads out of the workspace by a link; put the file itself there");
    }
    if (!Files.isRegularFile(real)) {
      return fault("is no file; name the file in it");
    }
    if (!Files.isReadable(real)) {
      return fault("may not be read by the agent; see its rights");
    }
    try (InputStream in = Files.newInputStream(real)) {
      byte[] content = in.readNBytes(LARGEST + 1);
      return content.length > LARGEST
          ? fault("is larger than 256 KB, which no gate file is; name the right file")
          : new Found(content, null);
    }
  }

  private static Found fault(String what) {
    return new Found(null, what);
  }
}
