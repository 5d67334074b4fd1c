package io.jenkins.plugins.canarygate.server.checks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A file that is read again when it has changed. What is wrong then is said, and what was read
 * before stays in use. Its content is compared rather than its time: Kubernetes mounts files by
 * links that move.
 *
 * @param <T> what is read from it
 */
final class WatchedFile<T> {
  private final String flag;
  private final Path path;
  private final int mostBytes;
  private final Reader<T> reader;
  private final ChecksMetrics metrics;
  private final Consumer<String> say;
  private volatile T current;
  private byte[] used = new byte[0];
  private byte[] refused = new byte[0];
  private String unreadable = "";

  /** Reads the content. */
  @FunctionalInterface
  interface Reader<T> {
    T read(byte[] content, String fileName) throws FileFaults;
  }

  private WatchedFile(
      String flag,
      Path path,
      int mostBytes,
      Reader<T> reader,
      ChecksMetrics metrics,
      Consumer<String> say) {
    this.flag = flag;
    this.path = path;
    this.mostBytes = mostBytes;
    this.reader = reader;
    this.metrics = metrics;
    this.say = say;
  }

  /**
   * Reads the file for the first time.
   *
   * @param flag what names it, as {@code --checks}
   * @param mostBytes more are not read
   * @throws FileFaults with everything that is wrong
   */
  static <T> WatchedFile<T> open(
      String flag,
      Path path,
      int mostBytes,
      Reader<T> reader,
      ChecksMetrics metrics,
      Consumer<String> say)
      throws FileFaults {
    WatchedFile<T> file = new WatchedFile<>(flag, path, mostBytes, reader, metrics, say);
    byte[] content = file.content();
    file.current = reader.read(content, path.toString());
    file.used = Sha256.of(content);
    metrics.current(file.label(), true);
    return file;
  }

  T current() {
    return current;
  }

  /**
   * Looks whether it has changed; to be called every few seconds, by one thread at a time.
   *
   * @return whether there is something new in use
   */
  boolean look() {
    byte[] content;
    try {
      content = content();
      unreadable = "";
    } catch (FileFaults e) {
      if (!e.getMessage().equals(unreadable)) {
        unreadable = e.getMessage();
        refuse(e);
      }
      return false;
    }
    byte[] digest = Sha256.of(content);
    if (Arrays.equals(digest, used)) {
      refused = new byte[0];
      metrics.current(label(), true);
      return false;
    }
    if (Arrays.equals(digest, refused)) {
      return false;
    }
    try {
      current = reader.read(content, path.toString());
      used = digest;
      refused = new byte[0];
      metrics.reloaded(label(), true);
      say.accept(path + " has changed and is used from now on");
      return true;
    } catch (FileFaults e) {
      refused = digest;
      refuse(e);
      return false;
    }
  }

  private void refuse(FileFaults e) {
    metrics.reloaded(label(), false);
    say.accept(path + " has changed and cannot be used; what it was before stays in use:");
    e.lines().forEach(say);
  }

  private String label() {
    return flag.substring(2);
  }

  private byte[] content() throws FileFaults {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] content = in.readNBytes(mostBytes + 1);
      if (content.length > mostBytes) {
        throw new FileFaults(
            List.of(
                flag + " " + path + ": more than " + mostBytes + " bytes; name the right file"));
      }
      return content;
    } catch (IOException e) {
      throw new FileFaults(
          List.of(
              flag
                  + " "
                  + path
                  + " cannot be read ("
                  + e.getClass().getSimpleName()
                  + "); name a file that is there and may be read"));
    }
  }
}
