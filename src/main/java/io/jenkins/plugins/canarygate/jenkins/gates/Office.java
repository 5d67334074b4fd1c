package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.frontend.Secrets;
import io.jenkins.plugins.canarygate.host.GateHost;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.Limits;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** What the gates of a controller have in common. */
interface Office {
  Supplier<Settings> settings();

  GateHost host();

  ClusterClients clusters();

  HoneycombAccounts honeycombs();

  PrometheusServers prometheusServers();

  OpenGates open();

  /** For what blocks and is no gate's own. */
  Executor desk();

  Secrets secrets();

  InstantSource clock();

  /** Whether Jenkins goes down: what fails now is begun again when it is back. */
  boolean closed();

  /**
   * Makes room for a gate that begins.
   *
   * @throws RefusedException if there are as many as an administrator allows
   */
  void admitOneMore(Limits limits) throws RefusedException;

  /** The gate does not run here any more. */
  void gone(LiveGate gate);

  /** The gate has ended: nobody need go on with it. */
  void ended(GateKey key);

  /** Keeps something of a gate; what cannot be kept is said in the log. */
  void keep(GateKey key, Keeping what);

  /** Something that is written. */
  interface Keeping {
    void run() throws IOException;
  }

  /** The gate had begun, and cannot go on. */
  void abandon(GateKey key, GateFolder folder, String why);
}
