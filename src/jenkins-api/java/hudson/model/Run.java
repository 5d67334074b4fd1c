package hudson.model;

import hudson.EnvVars;
import hudson.ExtensionPoint;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Calendar;
import jenkins.console.WithConsoleUrl;
import jenkins.model.ArtifactManager;
import jenkins.model.HistoricalBuild;
import jenkins.util.io.OnMaster;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.ExportedBean;
import org.springframework.security.access.AccessDeniedException;

@ExportedBean
public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>>
    extends Actionable
    implements ExtensionPoint,
        Comparable<RunT>,
        AccessControlled,
        PersistenceRoot,
        DescriptorByNameOwner,
        OnMaster,
        StaplerProxy,
        HistoricalBuild,
        WithConsoleUrl {
  public transient int number;

  protected Run(JobT job) throws IOException {}

  public int compareTo(RunT that) {
    throw new UnsupportedOperationException();
  }

  public Result getResult() {
    throw new UnsupportedOperationException();
  }

  public void setResult(Result r) {
    throw new UnsupportedOperationException();
  }

  public boolean isBuilding() {
    throw new UnsupportedOperationException();
  }

  public boolean isInProgress() {
    throw new UnsupportedOperationException();
  }

  public boolean isLogUpdated() {
    throw new UnsupportedOperationException();
  }

  public Executor getExecutor() {
    throw new UnsupportedOperationException();
  }

  public final Charset getCharset() {
    throw new UnsupportedOperationException();
  }

  public JobT getParent() {
    throw new UnsupportedOperationException();
  }

  public Calendar getTimestamp() {
    throw new UnsupportedOperationException();
  }

  public final long getTimeInMillis() {
    throw new UnsupportedOperationException();
  }

  public final long getStartTimeInMillis() {
    throw new UnsupportedOperationException();
  }

  public String getDescription() {
    throw new UnsupportedOperationException();
  }

  public long getDuration() {
    throw new UnsupportedOperationException();
  }

  public String getDurationString() {
    throw new UnsupportedOperationException();
  }

  public String getFullDisplayName() {
    throw new UnsupportedOperationException();
  }

  public String getDisplayName() {
    throw new UnsupportedOperationException();
  }

  public int getNumber() {
    throw new UnsupportedOperationException();
  }

  public RunT getPreviousBuild() {
    throw new UnsupportedOperationException();
  }

  public final RunT getPreviousCompletedBuild() {
    throw new UnsupportedOperationException();
  }

  public RunT getNextBuild() {
    throw new UnsupportedOperationException();
  }

  public String getUrl() {
    throw new UnsupportedOperationException();
  }

  public String getConsoleUrl() {
    throw new UnsupportedOperationException();
  }

  public final String getSearchUrl() {
    throw new UnsupportedOperationException();
  }

  public String getId() {
    throw new UnsupportedOperationException();
  }

  public String getExternalizableId() {
    throw new UnsupportedOperationException();
  }

  public static Run<?, ?> fromExternalizableId(String id)
      throws IllegalArgumentException, AccessDeniedException {
    throw new UnsupportedOperationException();
  }

  public File getRootDir() {
    throw new UnsupportedOperationException();
  }

  public final ArtifactManager getArtifactManager() {
    throw new UnsupportedOperationException();
  }

  public final synchronized ArtifactManager pickArtifactManager() throws IOException {
    throw new UnsupportedOperationException();
  }

  public Object getTarget() {
    throw new UnsupportedOperationException();
  }

  public ACL getACL() {
    throw new UnsupportedOperationException();
  }

  public EnvVars getEnvironment(TaskListener listener) throws IOException, InterruptedException {
    throw new UnsupportedOperationException();
  }

  public synchronized void save() throws IOException {
    throw new UnsupportedOperationException();
  }

  public void delete() throws IOException {
    throw new UnsupportedOperationException();
  }

  public static final PermissionGroup PERMISSIONS = new PermissionGroup(Run.class, null);
  public static final Permission DELETE =
      new Permission(null, null, null, null, (PermissionScope) null);
  public static final Permission UPDATE =
      new Permission(null, null, null, null, (PermissionScope) null);
  public static final Permission ARTIFACTS =
      new Permission(null, null, null, null, (PermissionScope) null);
}
