package io.jenkins.plugins.canarygate.rollout.kube;

import io.jenkins.plugins.canarygate.kube.KubeApi;
import io.jenkins.plugins.canarygate.kube.ResourceKind;
import io.jenkins.plugins.canarygate.rollout.LookException;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import java.util.Optional;

/** What answers of the API server mean, and what to do about them: all wording in one place. */
public final class Failures {
  private static final int LONGEST = 300;
  private final String server;
  private final String namespace;
  private final ResourceKind kind;

  /**
   * @param server the API server's address, for messages
   * @param namespace where the object is
   * @param kind what it is
   */
  public Failures(String server, String namespace, ResourceKind kind) {
    this.server = server;
    this.namespace = namespace;
    this.kind = kind;
  }

  /** No answer came to a read. */
  public LookException unanswered(KubeApi.NoAnswerException e) {
    return new LookException(LookException.Kind.TRANSIENT, e.getMessage(), Optional.empty());
  }

  /**
   * A read that was answered, but not with what was asked.
   *
   * @param verb the right it takes
   * @param resource what was read, as {@code rollouts.argoproj.io}
   */
  public LookException refused(KubeApi.Answer answer, String verb, String resource) {
    int code = answer.code();
    if (code == 401) {
      return denied(
          server
              + " does not accept the credentials (401): the token has expired or is wrong, so"
              + " renew it, or name another context");
    }
    if (code == 403) {
      return denied(
          "the right to "
              + verb
              + " "
              + resource
              + " in namespace "
              + namespace
              + " is missing (403); canary-gate plan prints the role that grants it");
    }
    if (answer.ok()) {
      return strange(answer);
    }
    if (code == 429 || code == 408 || code >= 500 || (code >= 300 && code < 400)) {
      return new LookException(
          LookException.Kind.TRANSIENT,
          server + " answered " + code + said(answer),
          answer.retryAfter());
    }
    return denied(
        server + " answered " + code + " when asked to " + verb + " " + resource + said(answer));
  }

  /** An answer that is not the API server's: a proxy's or a load balancer's, as a rule. */
  public LookException strange(KubeApi.Answer answer) {
    return new LookException(
        LookException.Kind.TRANSIENT,
        server
            + " answered "
            + answer.code()
            + " with something that is not what was asked for; see whether a proxy answers in its"
            + " place",
        Optional.empty());
  }

  /** The kind itself is not there, rather than the object. */
  public LookException notServed() {
    return denied(
        server
            + " does not serve "
            + kind.versioned()
            + " (404): name the context of the right cluster, or install "
            + kind.product()
            + " there");
  }

  private static LookException denied(String message) {
    return new LookException(LookException.Kind.DENIED, message, Optional.empty());
  }

  /** What an answer to a patch means. */
  public Receipt receipt(KubeApi.Answer answer, String resource) {
    int code = answer.code();
    if (answer.ok()) {
      return answer.body().path("metadata").isObject()
          ? Receipt.DONE
          : new Receipt(Receipt.Result.UNKNOWN, strange(answer).getMessage());
    }
    String message = "the API server answered " + code + said(answer);
    if (code == 403) {
      message =
          "the right to patch "
              + resource
              + " in namespace "
              + namespace
              + " is missing (403); canary-gate plan prints the role that grants it";
    }
    Receipt.Result result =
        switch (code) {
          case 409 -> Receipt.Result.CONFLICT;
          case 429, 503 -> Receipt.Result.BUSY;
          default ->
              code >= 400 && code < 500 && code != 408
                  ? Receipt.Result.REFUSED
                  : Receipt.Result.UNKNOWN;
        };
    return new Receipt(result, message);
  }

  public static Receipt unknown(KubeApi.NoAnswerException e) {
    return new Receipt(Receipt.Result.UNKNOWN, e.getMessage());
  }

  private static String said(KubeApi.Answer answer) {
    String message = answer.message();
    if (message.isEmpty()) {
      return "";
    }
    return ": " + (message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message);
  }
}
