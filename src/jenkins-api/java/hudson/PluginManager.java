package hudson;

import hudson.model.AbstractModelObject;
import jakarta.servlet.ServletContext;
import java.io.File;
import java.util.List;
import jenkins.util.io.OnMaster;
import org.kohsuke.stapler.StaplerOverridable;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.ExportedBean;

@ExportedBean
public abstract class PluginManager extends AbstractModelObject
    implements OnMaster, StaplerOverridable, StaplerProxy {
  public final ClassLoader uberClassLoader;

  protected PluginManager(ServletContext context, File rootDir) {
    this.uberClassLoader = null;
  }

  public PluginWrapper getPlugin(String shortName) {
    throw new UnsupportedOperationException();
  }

  public List<PluginWrapper> getPlugins() {
    throw new UnsupportedOperationException();
  }

  public String getDisplayName() {
    throw new UnsupportedOperationException();
  }

  public String getSearchUrl() {
    throw new UnsupportedOperationException();
  }
}
