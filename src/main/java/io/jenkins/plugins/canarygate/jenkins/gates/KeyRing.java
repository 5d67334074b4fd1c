package io.jenkins.plugins.canarygate.jenkins.gates;

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
   * @param text what is in it
   */
  record Key(boolean file, String text) {
    @Override
    public String toString() {
      return "Key[not shown]";
    }
  }
}
