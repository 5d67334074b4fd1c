package io.jenkins.plugins.canarygate.check;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What a source answered when it was asked to measure a check once. */
public sealed interface Reading {

  /**
   * The source answered.
   *
   * @param values what it measured; an empty value is no data (rule M8)
   * @param canarySamples how many samples stand behind the canary's value, where it says so
   * @param stableSamples likewise for the stable revision
   * @param verdict the source's own judgement, for checks without criteria
   * @param detail more to show a person; may be empty
   * @param link where a person can look at it, http or https
   * @param identity what tells this answer from the one before, for sources without windows (rule
   *     M7)
   * @param series how the values went over the window, for a plot; nothing is judged by it
   */
  record Answer(
      Values values,
      OptionalLong canarySamples,
      OptionalLong stableSamples,
      Optional<Grade> verdict,
      String detail,
      Optional<String> link,
      Optional<String> identity,
      Optional<Series> series)
      implements Reading {

    public static Answer of(Values values) {
      return new Answer(
          values,
          OptionalLong.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          "",
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    public static Answer judged(Grade verdict, String detail) {
      return new Answer(
          Values.none(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          Optional.of(verdict),
          detail,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    public Answer withSamples(OptionalLong canary, OptionalLong stable) {
      return new Answer(values, canary, stable, verdict, detail, link, identity, series);
    }

    public Answer withLink(Optional<String> where) {
      return new Answer(
          values, canarySamples, stableSamples, verdict, detail, where, identity, series);
    }

    public Answer withDetail(String text) {
      return new Answer(
          values, canarySamples, stableSamples, verdict, text, link, identity, series);
    }

    public Answer withIdentity(Optional<String> what) {
      return new Answer(values, canarySamples, stableSamples, verdict, detail, link, what, series);
    }

    public Answer withSeries(Optional<Series> course) {
      return new Answer(
          values, canarySamples, stableSamples, verdict, detail, link, identity, course);
    }
  }

  /**
   * The source could not answer; it is asked again (rule M4).
   *
   * @param why one line without a secret
   * @param after how long to wait before it is asked again, where the source said so
   */
  record Failed(String why, Optional<Duration> after) implements Reading {
    public static Failed because(String why) {
      return new Failed(why, Optional.empty());
    }
  }

  /**
   * The answer is still to come: a rate limit, a place in the waiting line, a query that runs. It
   * is no error and costs nothing.
   *
   * @param lookAgain after how long to ask again
   * @param why one line to show while waiting
   * @param ticket what the source needs to go on rather than begin anew; kept in the session, so it
   *     holds no secret
   */
  record NotYet(Duration lookAgain, String why, Optional<String> ticket) implements Reading {}
}
