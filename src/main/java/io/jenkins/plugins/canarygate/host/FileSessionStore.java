package io.jenkins.plugins.canarygate.host;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.SessionJson;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps the state in a file that always holds one whole state, whenever the process or the machine
 * stops. One owner at a time, by a lock on {@code FILE.lock}; that file stays behind, since whoever
 * removed it could remove the one that another process has just locked.
 */
public final class FileSessionStore implements OwnedStore {
  private final Path shown;
  private final Path file;
  private final FileChannel lockChannel;

  private FileSessionStore(Path shown, Path file, FileChannel lockChannel) {
    this.shown = shown;
    this.file = file;
    this.lockChannel = lockChannel;
  }

  /**
   * Takes hold of a session file, which need not exist yet; its folder must.
   *
   * @throws SessionBusyException if another gate has it
   * @throws IOException if the lock file cannot be written
   */
  public static FileSessionStore open(Path file) throws IOException {
    Path whole = file.toAbsolutePath();
    Path folder = whole.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException(
          "the folder of the session " + file + " does not exist; create it, or name another file");
    }
    FileChannel channel = FileChannel.open(sibling(whole, ".lock"), CREATE, WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new SessionBusyException(file);
      }
      return new FileSessionStore(file, whole, channel);
    } catch (OverlappingFileLockException ours) {
      channel.close();
      throw new SessionBusyException(file);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return "the session " + shown;
  }

  @Override
  public void save(GateSession session) throws IOException {
    if (!lockChannel.isOpen()) {
      throw new IOException("the session " + file + " has been given up by this process");
    }
    WholeFile.write(file, SessionJson.write(session).getBytes(StandardCharsets.UTF_8), true);
  }

  @Override
  public Optional<GateSession> load() throws IOException {
    String json;
    try {
      json = Files.readString(file);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (java.nio.charset.CharacterCodingException binary) {
      throw new IOException(
          file + ": this is no saved session of a gate; name another file, or remove it", binary);
    }
    try {
      return Optional.of(SessionJson.read(json));
    } catch (IllegalArgumentException unusable) {
      throw new IOException(file + ": " + unusable.getMessage(), unusable);
    }
  }

  @Override
  public void close() throws IOException {
    lockChannel.close();
  }

  private static Path sibling(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }
}
