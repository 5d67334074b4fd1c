package io.jenkins.plugins.canarygate.jenkins.step;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.util.ComboBoxModel;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.canarygate.jenkins.config.CanaryGateConfiguration;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings;
import java.util.List;
import java.util.function.Function;
import jenkins.model.Jenkins;

/** What the step's form offers to choose from, to those who may see it. */
final class FormLists {
  private FormLists() {}

  /** Names that an administrator has given; none for who may not configure the job. */
  static <T> ComboBoxModel names(
      Item item, Function<Settings, List<T>> all, Function<T, String> nameOf) {
    ComboBoxModel items = new ComboBoxModel();
    if (mayConfigure(item)) {
      all.apply(CanaryGateConfiguration.get().toSettings()).stream()
          .map(nameOf)
          .forEach(items::add);
    }
    return items;
  }

  /** Words of a gate file; the first is what it takes where nothing is chosen. */
  static ListBoxModel words(Item item, String first, String... others) {
    ListBoxModel items = new ListBoxModel();
    if (!mayConfigure(item)) {
      return items;
    }
    items.add(Messages.CanaryGateStep_unless(first), "");
    for (String word : others) {
      items.add(word, word);
    }
    return items;
  }

  /** Credentials of the job; for who may not see them, only the id that is there already. */
  @SafeVarargs
  static ListBoxModel credentials(
      Item item, String current, Class<? extends StandardCredentials>... kinds) {
    StandardListBoxModel items = new StandardListBoxModel();
    if (mayUseCredentials(item)) {
      items.includeEmptyValue();
      for (Class<? extends StandardCredentials> kind : kinds) {
        if (item == null) {
          items.includeAs(ACL.SYSTEM2, Jenkins.get(), kind);
        } else {
          items.includeAs(ACL.SYSTEM2, item, kind);
        }
      }
    }
    items.includeCurrentValue(current);
    return items;
  }

  static boolean mayConfigure(Item item) {
    return item == null
        ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
        : item.hasPermission(Item.CONFIGURE) || item.hasPermission(Item.EXTENDED_READ);
  }

  private static boolean mayUseCredentials(Item item) {
    return item == null
        ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
        : item.hasPermission(Item.EXTENDED_READ)
            || item.hasPermission(CredentialsProvider.USE_ITEM);
  }
}
