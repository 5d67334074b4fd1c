package io.jenkins.plugins.canarygate.jenkins.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * A person's browser at a real Jenkins: Chromium, driven by chromedriver over W3C's WebDriver
 * protocol. What is not there yet is waited for.
 */
final class LabBrowser implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

  // Of an option it counts whether its list is shown.
  private static final String FIND =
      """
      return Array.from(document.querySelectorAll(arguments[0]))
        .filter(e => (e.closest('select') || e).offsetParent && e.textContent.includes(arguments[1]))
        [arguments[2]] || null;
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final LabJenkins jenkins;
  private final Process driver;
  private final String address;
  private String session = "";

  private LabBrowser(LabJenkins jenkins, Process driver, int port) {
    this.jenkins = jenkins;
    this.driver = driver;
    this.address = "http://127.0.0.1:" + port;
  }

  /** Where chromedriver is; empty where this machine has none. */
  static Optional<Path> chromedriver() {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, "chromedriver"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Opens one and signs in. */
  static LabBrowser open(Path chromedriver, LabJenkins jenkins, String user, String password)
      throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process driver =
        new ProcessBuilder(chromedriver.toString(), "--port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    LabBrowser browser = new LabBrowser(jenkins, driver, port);
    browser.begin();
    browser.go("/login");
    browser.type("[name=j_username]", 0, user);
    browser.type("[name=j_password]", 0, password);
    browser.click("button[name=Submit]");
    LabJenkins.until(
        LONGEST,
        "nobody is signed in",
        () -> browser.script("return location.pathname").asText().equals("/"));
    return browser;
  }

  private void begin() {
    ObjectNode asked = JSON.createObjectNode();
    asked
        .withObject("/capabilities/alwaysMatch/goog:chromeOptions")
        .putArray("args")
        .add("--headless=new")
        .add("--no-sandbox")
        .add("--disable-dev-shm-usage")
        .add("--window-size=1200,2400");
    LabJenkins.until(
        LONGEST,
        "chromedriver does not begin a session",
        () -> {
          session = "/session/" + call("POST", "/session", asked).path("sessionId").asText();
          return true;
        });
  }

  void go(String path) throws IOException {
    call("POST", session + "/url", JSON.createObjectNode().put("url", jenkins.url() + path));
  }

  /** Clicks the first visible element. */
  void click(String css) {
    click(css, "");
  }

  /** Clicks the first visible element with a text. */
  void click(String css, String text) {
    onto(css, text, 0, "click", JSON.createObjectNode());
  }

  /** Types into a visible field, counted from 0. */
  void type(String css, int which, String text) {
    onto(css, "", which, "value", JSON.createObjectNode().put("text", text));
  }

  private void onto(String css, String text, int which, String what, ObjectNode body) {
    String[] last = {"it is not there"};
    LabJenkins.until(
        LONGEST,
        what + " of " + css + " '" + text + "' fails; the page is in target/lab-browser.png",
        () -> {
          JsonNode found = script(FIND, css, text, which);
          if (found.isNull()) {
            picture(Path.of("target", "lab-browser.png"));
            return false;
          }
          script("arguments[0].scrollIntoView({block: 'center'})", found);
          call("POST", session + "/element/" + found.path(ELEMENT).asText() + "/" + what, body);
          return true;
        });
  }

  /** Waits until a text is to be seen. */
  void sees(String css, String text) {
    LabJenkins.until(
        LONGEST,
        "'" + text + "' is not to be seen in " + css + "; the page is in target/lab-browser.png",
        () -> {
          boolean there = !script(FIND, css, text, 0).isNull();
          if (!there) {
            picture(Path.of("target", "lab-browser.png"));
          }
          return there;
        });
  }

  /** Waits until nothing of the kind is to be seen. */
  void misses(String css) {
    LabJenkins.until(
        LONGEST,
        css + " is still to be seen; the page is in target/lab-browser.png",
        () -> {
          boolean gone = script(FIND, css, "", 0).isNull();
          if (!gone) {
            picture(Path.of("target", "lab-browser.png"));
          }
          return gone;
        });
  }

  /** Waits until it is at another page. */
  void leaves(String path) {
    LabJenkins.until(
        LONGEST,
        "it is still at " + path,
        () -> !script("return location.pathname").asText().equals(path));
  }

  /** What a field holds, once it holds something. */
  String value(String css) {
    String[] value = {""};
    LabJenkins.until(
        LONGEST,
        css + " stays empty",
        () -> {
          value[0] =
              script("return (document.querySelector(arguments[0]) || {value: ''}).value", css)
                  .asText();
          return !value[0].isBlank();
        });
    return value[0];
  }

  private JsonNode script(String script, Object... arguments) throws IOException {
    ObjectNode body = JSON.createObjectNode().put("script", script);
    body.set("args", JSON.valueToTree(arguments));
    return call("POST", session + "/execute/sync", body);
  }

  /** Keeps how the page looks. */
  void picture(Path file) throws IOException {
    Files.write(file, call("GET", session + "/screenshot", null).binaryValue());
  }

  private JsonNode call(String method, String path, ObjectNode body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(path + ": " + answer.body());
      }
      return JSON.readTree(answer.body()).path("value");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    try {
      call("DELETE", session, null);
    } catch (IOException gone) {
      // Its driver is ended all the same.
    } finally {
      driver.destroy();
    }
  }
}
