package io.jenkins.plugins.canarygate.jenkins.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A build of a Pipeline in a real Jenkins. */
final class LabBuild {
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final LabJenkins jenkins;
  private final Job job;
  private final int number;

  private LabBuild(LabJenkins jenkins, Job job, int number) {
    this.jenkins = jenkins;
    this.job = job;
    this.number = number;
  }

  /** A Pipeline job by its full name. */
  record Job(LabJenkins jenkins, String name) {
    String path() {
      return "/job/" + name.replace("/", "/job/");
    }

    /** Starts a build and waits until it runs. */
    LabBuild build() throws IOException {
      return build(path() + "/build?delay=0sec");
    }

    private LabBuild build(String how) throws IOException {
      int next = jenkins.json(path() + "/api/json").path("nextBuildNumber").asInt();
      int status = jenkins.post(how).statusCode();
      if (status >= 400) {
        throw new AssertionError("the build was not taken: " + status);
      }
      LabBuild build = new LabBuild(jenkins, this, next);
      LabJenkins.until(
          LONGEST,
          "build " + next + " of " + name + " does not start",
          () -> jenkins.get(build.path() + "/api/json").statusCode() == 200);
      return build;
    }
  }

  /** Another build that begins at a stage of this one's Declarative Pipeline. */
  LabBuild restartFrom(String stage) throws IOException {
    return job.build(path() + "/restart/restartPipeline?stageName=" + stage);
  }

  String path() {
    return job.path() + "/" + number;
  }

  /** The full name of its job. */
  String job() {
    return job.name();
  }

  int number() {
    return number;
  }

  Path folder() {
    return jenkins
        .home()
        .resolve("jobs/" + job.name().replace("/", "/jobs/") + "/builds/" + number);
  }

  String log() throws IOException {
    return jenkins.get(path() + "/consoleText").body();
  }

  /** Waits until the log says something. */
  LabBuild says(String text) {
    String[] last = {""};
    LabJenkins.until(
        LONGEST,
        "the log does not say: " + text,
        () -> {
          last[0] = log();
          if (last[0].contains(text)) {
            return true;
          }
          if (over()) {
            last[0] = log();
            if (!last[0].contains(text)) {
              throw new AssertionError("the log does not say '" + text + "':\n" + last[0]);
            }
            return true;
          }
          return false;
        });
    return this;
  }

  boolean over() throws IOException {
    return !jenkins.json(path() + "/api/json").path("building").asBoolean(true);
  }

  /** Waits for its end. */
  String result() {
    String[] result = {""};
    LabJenkins.until(
        LONGEST,
        "build " + path() + " does not end",
        () -> {
          if (!over()) {
            return false;
          }
          result[0] = jenkins.json(path() + "/api/json").path("result").asText();
          return true;
        });
    return result[0];
  }

  /** Aborts it, as a person does. */
  void abort() throws IOException {
    jenkins.post(path() + "/stop");
  }
}
