package io.jenkins.plugins.canarygate.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Answers questions at one path. Called on a thread of the port's pool; it may block for a while.
 */
@FunctionalInterface
public interface Endpoint {

  /**
   * Answers. What it throws is answered with 500 and no detail.
   *
   * @param question read whole, within the limits
   */
  Reply answer(Question question);

  /**
   * Begins to answer; the answer may come later, from any thread. Whoever asked is kept waiting for
   * it without a thread.
   */
  default CompletionStage<Reply> begin(Question question) {
    return CompletableFuture.completedFuture(answer(question));
  }

  /** An endpoint whose answers may come later. Beginning one must not block for long. */
  static Endpoint later(Function<Question, CompletionStage<Reply>> answers) {
    return new Endpoint() {
      @Override
      public Reply answer(Question question) {
        return begin(question).toCompletableFuture().join();
      }

      @Override
      public CompletionStage<Reply> begin(Question question) {
        return answers.apply(question);
      }
    };
  }
}
