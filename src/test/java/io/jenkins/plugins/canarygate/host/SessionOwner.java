package io.jenkins.plugins.canarygate.host;

import java.io.IOException;
import java.nio.file.Path;

/** A process that owns a session file until it is killed. */
final class SessionOwner {
  private SessionOwner() {}

  public static void main(String[] args) throws IOException {
    FileSessionStore store = FileSessionStore.open(Path.of(args[0]));
    System.out.println("owned");
    System.out.flush();
    // Until whoever started it is gone, at the latest.
    while (System.in.read() >= 0) {
      continue;
    }
    store.close();
  }
}
