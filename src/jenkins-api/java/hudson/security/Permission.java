package hudson.security;

import org.jvnet.localizer.Localizable;

public final class Permission {
  public final PermissionGroup group;
  public final String name;

  public Permission(
      PermissionGroup group,
      String name,
      Localizable description,
      Permission impliedBy,
      boolean enable,
      PermissionScope[] scopes)
      throws IllegalStateException {
    this.group = null;
    this.name = null;
  }

  public Permission(
      PermissionGroup group,
      String name,
      Localizable description,
      Permission impliedBy,
      PermissionScope scope) {
    this.group = null;
    this.name = null;
  }

  public String getId() {
    throw new UnsupportedOperationException();
  }

  public boolean getEnabled() {
    throw new UnsupportedOperationException();
  }
}
