package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.host.ConfigMapSessionStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Where the state of a gate is kept. */
final class SessionOptions {
  private static final String CONFIG_MAP = "configmap:";
  private static final Pattern NAME =
      Pattern.compile("([a-z0-9][-a-z0-9]{0,62})/([a-z0-9][-a-z0-9.]{0,252})");
  private static final Pattern OWNER =
      Pattern.compile("([a-z0-9.]+/[a-z0-9]+|v1)/([A-Za-z]+)/([-a-z0-9.]+)/([-A-Za-z0-9]+)");

  @Option(
      names = "--session",
      paramLabel = "FILE|configmap:NAMESPACE/NAME",
      description =
          "Keep the gate's state in this file or ConfigMap, and go on from it: the same command"
              + " started again neither begins anew nor acts twice. With a ConfigMap, a Lease in"
              + " the rollout's namespace lets one gate at a time act on the rollout.")
  private String session;

  @Option(
      names = "--session-owner",
      paramLabel = "APIVERSION/KIND/NAME/UID",
      description =
          "The object that the ConfigMap goes away with, in the same namespace, as"
              + " tekton.dev/v1/TaskRun/NAME/UID.")
  private String owner;

  /**
   * The place.
   *
   * @throws Misuse if it is none
   */
  SessionPlace place() {
    if (owner != null && (session == null || !session.startsWith(CONFIG_MAP))) {
      throw new Misuse("--session-owner goes with --session configmap:NAMESPACE/NAME");
    }
    if (session == null) {
      return SessionPlace.NONE;
    }
    if (!session.startsWith(CONFIG_MAP)) {
      return new SessionPlace(
          Optional.of(Path.of(session)), Optional.empty(), Optional.empty(), false);
    }
    Matcher name = NAME.matcher(session.substring(CONFIG_MAP.length()));
    if (!name.matches()) {
      throw new Misuse(
          "--session " + session + " is none; write --session configmap:NAMESPACE/NAME");
    }
    return new SessionPlace(
        Optional.empty(),
        Optional.of(new ConfigMapSessionStore.Name(name.group(1), name.group(2))),
        Optional.ofNullable(owner).map(SessionOptions::owner),
        false);
  }

  private static ConfigMapSessionStore.Owner owner(String text) {
    Matcher owner = OWNER.matcher(text);
    if (!owner.matches()) {
      throw new Misuse(
          "--session-owner "
              + text
              + " is none; write APIVERSION/KIND/NAME/UID, as tekton.dev/v1/TaskRun/gate-x7/UID");
    }
    return new ConfigMapSessionStore.Owner(
        owner.group(1), owner.group(2), owner.group(3), owner.group(4));
  }
}
