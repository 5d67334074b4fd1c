package io.jenkins.plugins.canarygate.host;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files that always hold one whole state, whenever the process or the machine stops. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Puts the bytes in the place of what the file held. One writer at a time.
   *
   * @param forced whether they are on the disk once this returns
   * @throws IOException if they could not be written; the file holds what it held before
   */
  public static void write(Path file, byte[] bytes, boolean forced) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
    Files.deleteIfExists(fresh);
    try (FileChannel channel = FileChannel.open(fresh, CREATE_NEW, WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      if (forced) {
        channel.force(true);
      }
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (forced) {
      forceFolder(file.toAbsolutePath().getParent());
    }
  }

  // The new name is only safe once the folder is written; some systems cannot open one.
  private static void forceFolder(Path folder) {
    if (folder == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    } catch (IOException unsupported) {
      // The file itself is written; after a power cut the state before it may be found.
    }
  }
}
