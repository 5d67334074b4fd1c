package hudson.model;

import hudson.security.ACL;
import hudson.security.AccessControlled;
import java.io.File;
import java.io.IOException;
import jenkins.model.Loadable;
import org.kohsuke.stapler.HttpDeletable;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.ExportedBean;

@SuppressWarnings({"rawtypes", "unchecked"})
@ExportedBean
public abstract class AbstractItem extends Actionable
    implements Loadable,
        Item,
        HttpDeletable,
        AccessControlled,
        DescriptorByNameOwner,
        StaplerProxy {
  protected AbstractItem(ItemGroup parent, String name) {}

  public String getName() {
    throw new UnsupportedOperationException();
  }

  public String getDisplayName() {
    throw new UnsupportedOperationException();
  }

  public File getRootDir() {
    throw new UnsupportedOperationException();
  }

  public ItemGroup getParent() {
    throw new UnsupportedOperationException();
  }

  public String getDescription() {
    throw new UnsupportedOperationException();
  }

  public final String getFullName() {
    throw new UnsupportedOperationException();
  }

  public final String getFullDisplayName() {
    throw new UnsupportedOperationException();
  }

  public final String getUrl() {
    throw new UnsupportedOperationException();
  }

  public String getShortUrl() {
    throw new UnsupportedOperationException();
  }

  public String getSearchUrl() {
    throw new UnsupportedOperationException();
  }

  public final String getAbsoluteUrl() {
    throw new UnsupportedOperationException();
  }

  public ACL getACL() {
    throw new UnsupportedOperationException();
  }

  public void onLoad(ItemGroup<? extends Item> parent, String name) throws IOException {
    throw new UnsupportedOperationException();
  }

  public synchronized void save() throws IOException {
    throw new UnsupportedOperationException();
  }

  public void delete() throws IOException, InterruptedException {
    throw new UnsupportedOperationException();
  }

  public void load() throws IOException {
    throw new UnsupportedOperationException();
  }
}
