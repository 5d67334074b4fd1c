package io.jenkins.plugins.canarygate.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The answers that faults give. */
final class Misbehaviour {
  private static final int HUGE = 64 * 1024 * 1024;
  private static final String PAGE = "<html><body><h1>Bad gateway</h1></body></html>";

  private Misbehaviour() {}

  static Answer of(Fault fault, Request request, Service service, Optional<Answer> real) {
    return switch (fault.kind()) {
      case STATUS -> service.error(fault.code(), request);
      case HALF_BODY -> real.orElseGet(() -> ok("{\"kind\":\"Half\"}"));
      case NOT_JSON -> ok(PAGE);
      case WRONG_TYPE -> ok("[{\"id\":17},\"not what was asked\"]");
      case HUGE_BODY -> ok(Huge.BODY);
      case TIMEOUT, RESET -> throw new IllegalArgumentException(fault.kind() + " has no answer");
    };
  }

  private static Answer ok(String body) {
    return ok(body.getBytes(StandardCharsets.UTF_8));
  }

  private static Answer ok(byte[] body) {
    return new Answer(200, "application/json", Map.of(), body);
  }

  /** Made once: a test of many such answers would do little else. */
  private static final class Huge {
    static final byte[] BODY = huge();
  }

  private static byte[] huge() {
    byte[] body = new byte[HUGE];
    Arrays.fill(body, (byte) 'x');
    byte[] start = "{\"kind\":\"".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(start, 0, body, 0, start.length);
    body[HUGE - 2] = '"';
    body[HUGE - 1] = '}';
    return body;
  }
}
