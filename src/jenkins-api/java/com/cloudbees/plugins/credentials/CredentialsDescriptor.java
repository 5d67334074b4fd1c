package com.cloudbees.plugins.credentials;

import hudson.model.Descriptor;
import org.jenkins.ui.icon.IconSpec;

public abstract class CredentialsDescriptor extends Descriptor<Credentials> implements IconSpec {
  protected CredentialsDescriptor(Class<? extends Credentials> clazz) {
    super(null);
  }

  protected CredentialsDescriptor() {}

  public String getIconClassName() {
    throw new UnsupportedOperationException();
  }
}
