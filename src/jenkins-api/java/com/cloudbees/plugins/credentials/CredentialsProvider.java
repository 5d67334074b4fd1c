package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.ExtensionPoint;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Node;
import hudson.model.Run;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import hudson.util.ListBoxModel;
import java.util.List;
import org.jenkins.ui.icon.IconSpec;
import org.springframework.security.core.Authentication;

@SuppressWarnings("rawtypes")
public abstract class CredentialsProvider extends Descriptor<CredentialsProvider>
    implements ExtensionPoint, Describable<CredentialsProvider>, IconSpec {
  public static final PermissionGroup GROUP = new PermissionGroup(CredentialsProvider.class, null);
  public static final Permission USE_ITEM =
      new Permission(null, null, null, null, (PermissionScope) null);
  public static final Permission USE_OWN =
      new Permission(null, null, null, null, (PermissionScope) null);
  public static final Permission VIEW =
      new Permission(null, null, null, null, (PermissionScope) null);

  public CredentialsProvider() {}

  public Descriptor<CredentialsProvider> getDescriptor() {
    throw new UnsupportedOperationException();
  }

  public String getIconClassName() {
    throw new UnsupportedOperationException();
  }

  public static <C extends Credentials> List<C> lookupCredentialsInItemGroup(
      Class<C> type, ItemGroup itemGroup, Authentication authentication) {
    throw new UnsupportedOperationException();
  }

  public static <C extends Credentials> List<C> lookupCredentialsInItemGroup(
      Class<C> type,
      ItemGroup itemGroup,
      Authentication authentication,
      List<DomainRequirement> domainRequirements) {
    throw new UnsupportedOperationException();
  }

  public static <C extends IdCredentials> ListBoxModel listCredentialsInItemGroup(
      Class<C> type,
      ItemGroup itemGroup,
      Authentication authentication,
      List<DomainRequirement> domainRequirements,
      CredentialsMatcher matcher) {
    throw new UnsupportedOperationException();
  }

  public static <C extends Credentials> List<C> lookupCredentialsInItem(
      Class<C> type, Item item, Authentication authentication) {
    throw new UnsupportedOperationException();
  }

  public static <C extends Credentials> List<C> lookupCredentialsInItem(
      Class<C> type,
      Item item,
      Authentication authentication,
      List<DomainRequirement> domainRequirements) {
    throw new UnsupportedOperationException();
  }

  public static <C extends IdCredentials> ListBoxModel listCredentialsInItem(
      Class<C> type,
      Item item,
      Authentication authentication,
      List<DomainRequirement> domainRequirements,
      CredentialsMatcher matcher) {
    throw new UnsupportedOperationException();
  }

  public static <C extends IdCredentials> C findCredentialByIdInItemGroup(
      String id,
      Class<C> type,
      ItemGroup<?> itemGroup,
      Authentication authentication,
      List<DomainRequirement> domainRequirements) {
    throw new UnsupportedOperationException();
  }

  public static <C extends IdCredentials> C findCredentialByIdInItem(
      String id,
      Class<C> type,
      Item item,
      Authentication authentication,
      List<DomainRequirement> domainRequirements) {
    throw new UnsupportedOperationException();
  }

  public static <C extends IdCredentials> C findCredentialById(
      String id, Class<C> type, Run<?, ?> run) {
    throw new UnsupportedOperationException();
  }

  public static <C extends IdCredentials> C findCredentialById(
      String id, Class<C> type, Run<?, ?> run, DomainRequirement... domainRequirements) {
    throw new UnsupportedOperationException();
  }

  public static <C extends IdCredentials> C findCredentialById(
      String id, Class<C> type, Run<?, ?> run, List<DomainRequirement> domainRequirements) {
    throw new UnsupportedOperationException();
  }

  public static <C extends Credentials> C track(Run build, C credentials) {
    throw new UnsupportedOperationException();
  }

  public static <C extends Credentials> C track(Item item, C credentials) {
    throw new UnsupportedOperationException();
  }

  public static <C extends Credentials> C track(Node node, C credentials) {
    throw new UnsupportedOperationException();
  }

  public static <C extends Credentials> C snapshot(Class<C> clazz, C credential) {
    throw new UnsupportedOperationException();
  }
}
