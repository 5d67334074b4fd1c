package jenkins.model;

import hudson.Extension;
import hudson.model.PersistentDescriptor;
import org.jenkinsci.Symbol;

@Extension
@Symbol("location")
public class JenkinsLocationConfiguration extends GlobalConfiguration
    implements PersistentDescriptor {
  public JenkinsLocationConfiguration() {}

  public static JenkinsLocationConfiguration get() {
    throw new UnsupportedOperationException();
  }

  public synchronized void load() {
    throw new UnsupportedOperationException();
  }

  public String getUrl() {
    throw new UnsupportedOperationException();
  }
}
