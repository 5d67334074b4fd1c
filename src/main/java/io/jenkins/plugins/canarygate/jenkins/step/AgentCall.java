package io.jenkins.plugins.canarygate.jenkins.step;

import hudson.FilePath;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work in a workspace, wherever that is. An agent that hangs must not hold up other gates. */
final class AgentCall {
  private static final int LONGEST_SECONDS = 30;

  private AgentCall() {}

  /**
   * Does it there.
   *
   * @throws IOException if it failed, or the agent did not answer in time
   */
  static <T> T in(FilePath workspace, FilePath.FileCallable<T> work)
      throws IOException, InterruptedException {
    Future<T> answer = workspace.actAsync(work);
    try {
      return answer.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new NoAnswerException("no answer within " + LONGEST_SECONDS + " s", e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e.getCause());
    }
  }

  /** The agent is there, and does not answer. */
  static final class NoAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    private NoAnswerException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
