package io.jenkins.plugins.canarygate.evidence.prometheus;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Whose data is asked for, where a server holds that of several tenants. */
public final class PrometheusTenant {
  /** No tenant is named. */
  public static final Map<String, String> NONE = Map.of();

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_|~-]{1,100}");
  private static final Pattern OURS =
      Pattern.compile("(?i)authorization|host|accept.*|content-.*|cookie|connection|transfer-.*");

  private PrometheusTenant() {}

  /** The headers of Cortex and Mimir, and of Thanos; each passes over the other's. */
  public static Map<String, String> of(String tenant) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Scope-OrgID", value(tenant));
    headers.put("THANOS-TENANT", tenant);
    return headers;
  }

  /** Another header, where the server was told to look at that one. */
  public static Map<String, String> of(String header, String tenant) {
    if (!NAME.matcher(header).matches() || OURS.matcher(header).matches()) {
      throw new IllegalArgumentException(
          "'" + header + "' is no header that could name a tenant, as X-Scope-OrgID does");
    }
    return Map.of(header, value(tenant));
  }

  private static String value(String tenant) {
    if (tenant.isBlank() || !tenant.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
      throw new IllegalArgumentException(
          "a tenant's name must be one line of plain characters and not blank");
    }
    return tenant;
  }
}
