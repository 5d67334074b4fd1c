package io.jenkins.plugins.canarygate.jenkins.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A real Jenkins in a process of its own, on loopback, with the plugin that this build has
 * packaged. {@code -Djenkins.lab=DIR} says where it comes from: {@code DIR/jenkins.war} and {@code
 * DIR/plugins/*.jpi}.
 */
final class LabJenkins implements AutoCloseable {
  static final String ADMIN = "admin";
  private static final Duration START = Duration.ofMinutes(6);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final Path war;
  private final Path home;
  private final int port;
  private Process process;
  private String token = "";

  private LabJenkins(Path war, Path home, int port) {
    this.war = war;
    this.home = home;
    this.port = port;
  }

  /** Where the parts of a Jenkins are; empty where this machine has none. */
  static java.util.Optional<Path> lab() {
    return java.util.Optional.ofNullable(System.getProperty("jenkins.lab"))
        .filter(name -> !name.isBlank())
        .map(Path::of)
        .filter(dir -> Files.isRegularFile(dir.resolve("jenkins.war")));
  }

  /**
   * Sets one up, not yet started.
   *
   * @param lab where its parts come from
   * @param home its JENKINS_HOME, empty
   * @param plugin the .hpi
   */
  static LabJenkins in(Path lab, Path home, Path plugin) throws IOException {
    Path plugins = Files.createDirectories(home.resolve("plugins"));
    try (Stream<Path> all = Files.list(lab.resolve("plugins"))) {
      for (Path each : all.filter(p -> p.toString().matches(".*\\.[hj]pi")).toList()) {
        String name = each.getFileName().toString().replaceAll("\\.hpi$", ".jpi");
        Files.copy(each, plugins.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.copy(plugin, plugins.resolve("canary-gate.jpi"), StandardCopyOption.REPLACE_EXISTING);
    Path scripts = Files.createDirectories(home.resolve("init.groovy.d"));
    Files.writeString(scripts.resolve("admin.groovy"), ADMINISTRATOR);
    try (ServerSocket free = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      return new LabJenkins(lab.resolve("jenkins.war"), home, free.getLocalPort());
    }
  }

  // One administrator with an API token, and one user who may do nothing but read.
  private static final String ADMINISTRATOR =
      """
      import hudson.model.User
      import hudson.security.*
      import jenkins.model.Jenkins
      import jenkins.security.ApiTokenProperty
      import org.jenkinsci.plugins.matrixauth.PermissionEntry
      def jenkins = Jenkins.get()
      if (!(jenkins.securityRealm instanceof HudsonPrivateSecurityRealm)) {
        def realm = new HudsonPrivateSecurityRealm(false)
        jenkins.securityRealm = realm
        realm.createAccount('admin', UUID.randomUUID().toString())
        realm.createAccount('reader', 'reader')
        def rights = new GlobalMatrixAuthorizationStrategy()
        rights.add(Jenkins.ADMINISTER, PermissionEntry.user('admin'))
        rights.add(Jenkins.READ, PermissionEntry.user('reader'))
        rights.add(hudson.model.Item.READ, PermissionEntry.user('reader'))
        jenkins.authorizationStrategy = rights
        jenkins.slaveAgentPort = -1
        jenkins.numExecutors = 4
        jenkins.save()
        def user = User.getById('admin', true)
        def made = user.getProperty(ApiTokenProperty).tokenStore.generateNewToken('lab')
        user.save()
        new File(jenkins.rootDir, 'lab.token').text = made.plainValue
      }
      """;

  Path home() {
    return home;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  long pid() {
    return process.pid();
  }

  /** Starts it and waits until it answers and all builds that it can are gone on with. */
  void start() throws IOException {
    process =
        new ProcessBuilder(
                java(),
                "-Xmx1g",
                "-Djava.awt.headless=true",
                "-Djenkins.install.runSetupWizard=false",
                "-Dhudson.model.UpdateCenter.never=true",
                "-Dhudson.model.DownloadService.never=true",
                "-Dhudson.DNSMultiCast.disabled=true",
                "-DJENKINS_HOME=" + home,
                "-jar",
                war.toString(),
                "--httpListenAddress=127.0.0.1",
                "--httpPort=" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("jenkins.log").toFile()))
            .start();
    Path tokenFile = home.resolve("lab.token");
    until(
        START,
        "Jenkins does not answer; see " + home.resolve("jenkins.log"),
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("Jenkins ended by itself:\n" + log());
          }
          if (log().contains("Failed to execute")) {
            throw new AssertionError("the set-up failed:\n" + log());
          }
          if (!Files.exists(tokenFile)) {
            return false;
          }
          token = Files.readString(tokenFile).strip();
          return get("/api/json").statusCode() == 200;
        });
  }

  private static String java() {
    String home = System.getProperty("jenkins.lab.java", System.getProperty("java.home"));
    return Path.of(home, "bin", "java").toString();
  }

  /** Ends it as a machine that loses its power does. */
  void kill() {
    process.destroyForcibly();
    await();
  }

  /** Ends it as an administrator does. */
  void stop() {
    process.destroy();
    await();
  }

  private void await() {
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        throw new AssertionError("Jenkins does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  String log() {
    try {
      return Files.readString(home.resolve("jenkins.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpResponse<String> get(String path) throws IOException {
    return send(request(path).GET().build());
  }

  HttpResponse<String> post(String path) throws IOException {
    return send(request(path).POST(HttpRequest.BodyPublishers.noBody()).build());
  }

  /** The same without any identity. */
  HttpResponse<String> anonymously(String method, String path) throws IOException {
    return send(
        HttpRequest.newBuilder(URI.create(url() + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build());
  }

  JsonNode json(String path) throws IOException {
    return JSON.readTree(get(path).body());
  }

  /** Runs a Groovy script in the controller, and gives what it printed. */
  String script(String groovy) throws IOException {
    HttpResponse<String> answer =
        send(
            request("/scriptText")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "script=" + URLEncoder.encode(groovy, StandardCharsets.UTF_8)))
                .build());
    if (answer.statusCode() != 200 || answer.body().contains("Exception")) {
      throw new AssertionError("the script failed:\n" + answer.body());
    }
    return answer.body().strip();
  }

  private HttpRequest.Builder request(String path) {
    String who = Base64.getEncoder().encodeToString((ADMIN + ":" + token).getBytes());
    return HttpRequest.newBuilder(URI.create(url() + path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Basic " + who);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Creates a Pipeline job, or gives it another script. */
  LabBuild.Job pipeline(String name, String script, String durability) throws IOException {
    script(
        """
        import org.jenkinsci.plugins.workflow.job.*
        import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty
        import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint
        import com.cloudbees.hudson.plugins.folder.Folder
        def parts = '%s'.split('/')
        def parent = jenkins.model.Jenkins.get()
        for (p in parts[0..<-1]) { parent = parent.getItem(p) ?: parent.createProject(Folder, p) }
        def job = parent.getItem(parts[-1]) ?: parent.createProject(WorkflowJob, parts[-1])
        def text = new String('%s'.decodeBase64(), 'UTF-8')
        job.definition = new org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition(text, true)
        job.removeProperty(DurabilityHintJobProperty)
        job.addProperty(new DurabilityHintJobProperty(FlowDurabilityHint.%s))
        job.save()
        """
            .formatted(
                name,
                Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_8)),
                durability));
    return new LabBuild.Job(this, name);
  }

  /** Something that may fail while Jenkins comes and goes. */
  interface Condition {
    boolean holds() throws IOException;
  }

  static void until(Duration longest, String otherwise, Condition condition) {
    long end = System.nanoTime() + longest.toNanos();
    while (true) {
      try {
        if (condition.holds()) {
          return;
        }
      } catch (IOException notYet) {
        // Asked again.
      }
      if (System.nanoTime() > end) {
        throw new AssertionError(otherwise);
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  /** All files of the home in which a text stands. */
  List<Path> filesWith(String text, Predicate<Path> among) throws IOException {
    List<Path> found = new ArrayList<>();
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    try (Stream<Path> all = Files.walk(home)) {
      for (Path file : all.filter(Files::isRegularFile).filter(among).toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
            .contains(new String(wanted, StandardCharsets.ISO_8859_1))) {
          found.add(file);
        }
      }
    }
    return found;
  }

  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      process.destroyForcibly();
    }
  }
}
