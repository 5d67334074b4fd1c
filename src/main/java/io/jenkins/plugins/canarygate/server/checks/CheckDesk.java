package io.jenkins.plugins.canarygate.server.checks;

import io.jenkins.plugins.canarygate.evidence.NearestWord;
import io.jenkins.plugins.canarygate.gatefile.CheckArgument;
import io.jenkins.plugins.canarygate.gatefile.Checks;
import io.jenkins.plugins.canarygate.gatefile.NamedCheck;
import io.jenkins.plugins.canarygate.server.checks.RefusedException.Reason;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Who may ask for what. Nothing is measured for a question that is refused. */
final class CheckDesk {
  private final Supplier<Optional<Checks>> checks;
  private final Supplier<Optional<Tokens>> tokens;
  private final Cells cells;
  private final ChecksMetrics metrics;

  /**
   * @param checks those of the file as it is now; empty where there is no file
   * @param tokens likewise
   */
  CheckDesk(
      Supplier<Optional<Checks>> checks,
      Supplier<Optional<Tokens>> tokens,
      Cells cells,
      ChecksMetrics metrics) {
    this.checks = checks;
    this.tokens = tokens;
    this.cells = cells;
    this.metrics = metrics;
  }

  /**
   * What a caller's token is good for.
   *
   * @throws RefusedException if it shows none that is known
   */
  Grant grant(Optional<String> token) throws RefusedException {
    Tokens known =
        tokens
            .get()
            .orElseThrow(
                () ->
                    refused(
                        Reason.TOKEN,
                        "no token is known here: start the server with --token-file"));
    if (token.isEmpty()) {
      throw refused(
          Reason.TOKEN, "a token is needed: send it as the header Authorization: Bearer TOKEN");
    }
    return known
        .find(token.get())
        .orElseThrow(() -> refused(Reason.TOKEN, "this token is not known here"));
  }

  /**
   * Asks for a check.
   *
   * @param patience how long the caller waits at most
   * @throws RefusedException if it may not, or asks for what there is not
   */
  CompletionStage<Answered> ask(Grant grant, CheckQuestion question, Duration patience)
      throws RefusedException {
    String namespace = namespace(grant, question);
    if (!grant.check(question.check())) {
      throw refused(Reason.CHECK, "this token is not good for this check");
    }
    Checks known =
        checks
            .get()
            .orElseThrow(
                () ->
                    refused(
                        Reason.UNKNOWN_CHECK,
                        "there are no checks here: start the server with --checks"));
    NamedCheck check =
        known
            .check(question.check())
            .orElseThrow(
                () -> refused(Reason.UNKNOWN_CHECK, "there is no check of this name here"));
    Map<String, String> arguments = arguments(known, check, question, namespace);
    try {
      return cells
          .ask(check, arguments, grant.id(), patience)
          .thenApply(
              answered -> {
                metrics.answered(answered);
                return answered;
              });
    } catch (RefusedException e) {
      throw refused(e.reason(), e.getMessage());
    }
  }

  /** A question that is refused before it gets here. */
  RefusedException refused(Reason reason, String message) {
    metrics.refused(reason);
    return new RefusedException(reason, message);
  }

  private String namespace(Grant grant, CheckQuestion question) throws RefusedException {
    Optional<String> given = question.namespace().or(grant::onlyNamespace);
    if (given.isEmpty()) {
      throw refused(
          Reason.QUESTION,
          "say for which namespace, with the argument namespace: the token is good for several");
    }
    Optional<String> problem = Checks.NAMESPACE_ARGUMENT.problem(given.get());
    if (problem.isPresent()) {
      throw refused(Reason.QUESTION, problem.get());
    }
    if (!grant.namespace(given.get())) {
      throw refused(Reason.NAMESPACE, "this token is not good for this namespace");
    }
    return given.get();
  }

  private Map<String, String> arguments(
      Checks known, NamedCheck check, CheckQuestion question, String namespace)
      throws RefusedException {
    for (String name : question.arguments().keySet()) {
      if (!check.arguments().contains(name)) {
        throw refused(
            Reason.QUESTION,
            "check '"
                + check.name()
                + "' takes no argument of this name"
                + NearestWord.to(name, check.arguments())
                    .map(near -> "; did you mean '" + near + "'?")
                    .orElse(""));
      }
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : check.arguments()) {
      String value = name.equals(Checks.NAMESPACE) ? namespace : question.arguments().get(name);
      if (value == null) {
        throw refused(
            Reason.QUESTION, "check '" + check.name() + "' needs the argument '" + name + "'");
      }
      CheckArgument argument = known.arguments().get(name);
      Optional<String> problem = argument.problem(value);
      if (problem.isPresent()) {
        throw refused(Reason.QUESTION, problem.get());
      }
      values.put(name, value);
    }
    return values;
  }
}
