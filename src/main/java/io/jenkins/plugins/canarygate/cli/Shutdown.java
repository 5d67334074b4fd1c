package io.jenkins.plugins.canarygate.cli;

/** How a process learns that it is to stop, and how it ends then. */
public interface Shutdown {
  /** Nobody ever stops it from outside. */
  Shutdown NEVER =
      new Shutdown() {
        @Override
        public Registration onStop(Runnable task) {
          return () -> {};
        }

        @Override
        public void halt(int exitCode) {
          throw new IllegalStateException("nobody asked this process to stop");
        }
      };

  /** Runs {@code task} when the process is asked to stop, until the registration is taken back. */
  Registration onStop(Runnable task);

  /**
   * Ends the process at once. A process that ends by itself after SIGTERM has exit code 143, and
   * says nothing of its gate; this is how it says more.
   */
  void halt(int exitCode);

  /** Something that can be taken back. */
  @FunctionalInterface
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /** By the hooks of this process: SIGTERM, SIGINT, SIGHUP. */
  final class OfThisProcess implements Shutdown {
    @Override
    public Registration onStop(Runnable task) {
      Thread hook = new Thread(task, "canary-gate-stop");
      Runtime.getRuntime().addShutdownHook(hook);
      return () -> {
        try {
          Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
          // It runs already, and ends the process.
        }
      };
    }

    @Override
    public void halt(int exitCode) {
      Runtime.getRuntime().halt(exitCode);
    }
  }
}
