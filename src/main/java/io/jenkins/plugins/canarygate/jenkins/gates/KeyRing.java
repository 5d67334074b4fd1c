package io.jenkins.plugins.canarygate.jenkins.gates;

import java.util.Optional;

/** Finds credentials by their id, anew at each call, so that one that was rotated is picked up. */
@FunctionalInterface
public interface KeyRing {

  /**
   * The credential.
   *
   * @throws RefusedException if there is none of that id, or it is of a kind that no gate uses; the
   *     message names the id and what to do, never what it holds
   */
  Key find(String credentialsId) throws RefusedException;

  /**
   * What a credential holds.
   *
   * @param file whether it is a secret file, and not secret text
   * @param user whose password it is; empty where it is none
   * @param text what is in it
   */
  record Key(boolean file, Optional<String> user, String text) {

    /** Secret text or a secret file. */
    public Key(boolean file, String text) {
      this(file, Optional.empty(), text);
    }

    /** A name with its password. */
    public static Key login(String user, String password) {
      return new Key(false, Optional.of(user), password);
    }

    @Override
    public String toString() {
      return "Key[not shown]";
    }
  }
}
