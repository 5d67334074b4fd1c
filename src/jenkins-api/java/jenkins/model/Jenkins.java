package jenkins.model;

import hudson.DescriptorExtensionList;
import hudson.ExtensionList;
import hudson.PluginManager;
import hudson.ProxyConfiguration;
import hudson.init.InitMilestone;
import hudson.model.AbstractCIBase;
import hudson.model.AdministrativeMonitor;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.DescriptorByNameOwner;
import hudson.model.Item;
import hudson.model.ModifiableViewGroup;
import hudson.model.TopLevelItem;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.PermissionScope;
import hudson.slaves.NodeDescriptor;
import java.io.File;
import java.io.IOException;
import java.util.List;
import jenkins.util.io.OnMaster;
import org.kohsuke.stapler.StaplerFallback;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.ExportedBean;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

@SuppressWarnings("rawtypes")
@ExportedBean
public class Jenkins extends AbstractCIBase
    implements DirectlyModifiableTopLevelItemGroup,
        StaplerProxy,
        StaplerFallback,
        ModifiableViewGroup,
        AccessControlled,
        DescriptorByNameOwner,
        ModelObjectWithContextMenu,
        ModelObjectWithChildren,
        OnMaster,
        Loadable {
  public transient volatile ProxyConfiguration proxy;

  private Jenkins() {}

  public static Jenkins get() throws IllegalStateException {
    throw new UnsupportedOperationException();
  }

  public static Jenkins getInstanceOrNull() {
    throw new UnsupportedOperationException();
  }

  public File getRootDir() {
    throw new UnsupportedOperationException();
  }

  public boolean isQuietingDown() {
    throw new UnsupportedOperationException();
  }

  public boolean isTerminating() {
    throw new UnsupportedOperationException();
  }

  public InitMilestone getInitLevel() {
    throw new UnsupportedOperationException();
  }

  public <T extends Item> T getItemByFullName(String fullName, Class<T> type)
      throws AccessDeniedException {
    throw new UnsupportedOperationException();
  }

  public Item getItemByFullName(String fullName) {
    throw new UnsupportedOperationException();
  }

  public TopLevelItem getItem(String name) throws AccessDeniedException {
    throw new UnsupportedOperationException();
  }

  public List<TopLevelItem> getItems() {
    throw new UnsupportedOperationException();
  }

  public String getRootUrl() throws IllegalStateException {
    throw new UnsupportedOperationException();
  }

  public String getUrlChildPrefix() {
    throw new UnsupportedOperationException();
  }

  public String getFullName() {
    throw new UnsupportedOperationException();
  }

  public String getFullDisplayName() {
    throw new UnsupportedOperationException();
  }

  public String getDisplayName() {
    throw new UnsupportedOperationException();
  }

  public Object getTarget() {
    throw new UnsupportedOperationException();
  }

  public Object getStaplerFallback() {
    throw new UnsupportedOperationException();
  }

  public Descriptor getDescriptor(String id) {
    throw new UnsupportedOperationException();
  }

  public NodeDescriptor getDescriptor() {
    throw new UnsupportedOperationException();
  }

  public Descriptor getDescriptor(Class<? extends Describable> type) {
    throw new UnsupportedOperationException();
  }

  public Descriptor getDescriptorOrDie(Class<? extends Describable> type) {
    throw new UnsupportedOperationException();
  }

  public <T extends Descriptor> T getDescriptorByType(Class<T> type) {
    throw new UnsupportedOperationException();
  }

  public <T extends Describable<T>, D extends Descriptor<T>>
      DescriptorExtensionList<T, D> getDescriptorList(Class<T> type) {
    throw new UnsupportedOperationException();
  }

  public <T> ExtensionList<T> getExtensionList(Class<T> extensionType) {
    throw new UnsupportedOperationException();
  }

  public AdministrativeMonitor getAdministrativeMonitor(String id) {
    throw new UnsupportedOperationException();
  }

  public ProxyConfiguration getProxy() {
    throw new UnsupportedOperationException();
  }

  public PluginManager getPluginManager() {
    throw new UnsupportedOperationException();
  }

  public ACL getACL() {
    throw new UnsupportedOperationException();
  }

  public static Authentication getAuthentication2() {
    throw new UnsupportedOperationException();
  }

  public synchronized void save() throws IOException {
    throw new UnsupportedOperationException();
  }

  public void load() throws IOException {
    throw new UnsupportedOperationException();
  }

  public static final Permission ADMINISTER =
      new Permission(null, null, null, null, (PermissionScope) null);
  public static final Permission MANAGE =
      new Permission(null, null, null, null, (PermissionScope) null);
  public static final Permission SYSTEM_READ =
      new Permission(null, null, null, null, (PermissionScope) null);
  public static final Permission READ =
      new Permission(null, null, null, null, (PermissionScope) null);
}
