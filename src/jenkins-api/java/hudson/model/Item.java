package hudson.model;

import hudson.search.SearchableModelObject;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import java.io.IOException;
import java.util.Collection;
import jenkins.model.FullyNamed;
import jenkins.model.FullyNamedModelObject;
import jenkins.model.Named;
import jenkins.util.io.OnMaster;

@SuppressWarnings("rawtypes")
public interface Item
    extends PersistenceRoot,
        FullyNamedModelObject,
        SearchableModelObject,
        FullyNamed,
        Named,
        AccessControlled,
        OnMaster {
  ItemGroup<? extends Item> getParent();

  Collection<? extends Job> getAllJobs();

  String getName();

  String getFullName();

  String getDisplayName();

  default String getRelativeNameFrom(ItemGroup g) {
    throw new UnsupportedOperationException();
  }

  default String getRelativeNameFrom(Item item) {
    throw new UnsupportedOperationException();
  }

  String getUrl();

  String getShortUrl();

  void onLoad(ItemGroup<? extends Item> parent, String name) throws IOException;

  void save() throws IOException;

  void delete() throws IOException, InterruptedException;

  PermissionGroup PERMISSIONS = new PermissionGroup(Item.class, null);
  Permission CREATE = new Permission(null, null, null, null, (PermissionScope) null);
  Permission DELETE = new Permission(null, null, null, null, (PermissionScope) null);
  Permission CONFIGURE = new Permission(null, null, null, null, (PermissionScope) null);
  Permission READ = new Permission(null, null, null, null, (PermissionScope) null);
  Permission DISCOVER = new Permission(null, null, null, null, (PermissionScope) null);
  Permission EXTENDED_READ = new Permission(null, null, null, null, (PermissionScope) null);
  Permission BUILD = new Permission(null, null, null, null, (PermissionScope) null);
  Permission WORKSPACE = new Permission(null, null, null, null, (PermissionScope) null);
  Permission CANCEL = new Permission(null, null, null, null, (PermissionScope) null);
}
