package hudson.model;

import hudson.ExtensionPoint;
import hudson.security.ACL;
import hudson.util.RunList;
import java.io.File;
import java.util.Collection;
import java.util.SortedMap;
import jenkins.model.ModelObjectWithChildren;
import jenkins.widgets.HasWidgets;
import org.kohsuke.stapler.StaplerOverridable;

@SuppressWarnings({"rawtypes", "unchecked"})
public abstract class Job<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>>
    extends AbstractItem
    implements ExtensionPoint, StaplerOverridable, ModelObjectWithChildren, HasWidgets {
  protected Job(ItemGroup parent, String name) {
    super(null, null);
  }

  public boolean isBuilding() {
    throw new UnsupportedOperationException();
  }

  public int getNextBuildNumber() {
    throw new UnsupportedOperationException();
  }

  public RunT getBuild(String id) {
    throw new UnsupportedOperationException();
  }

  public RunT getBuildByNumber(int n) {
    throw new UnsupportedOperationException();
  }

  public RunT getNearestBuild(int n) {
    throw new UnsupportedOperationException();
  }

  public RunT getNearestOldBuild(int n) {
    throw new UnsupportedOperationException();
  }

  public File getBuildDir() {
    throw new UnsupportedOperationException();
  }

  public RunT getLastBuild() {
    throw new UnsupportedOperationException();
  }

  public RunT getFirstBuild() {
    throw new UnsupportedOperationException();
  }

  public RunT getLastCompletedBuild() {
    throw new UnsupportedOperationException();
  }

  public RunT getLastSuccessfulBuild() {
    throw new UnsupportedOperationException();
  }

  public SortedMap<Integer, RunT> getBuildsAsMap() {
    throw new UnsupportedOperationException();
  }

  public RunList<RunT> getBuilds() {
    throw new UnsupportedOperationException();
  }

  public RunList<RunT> getNewBuilds() {
    throw new UnsupportedOperationException();
  }

  public ACL getACL() {
    throw new UnsupportedOperationException();
  }

  public Collection<?> getOverrides() {
    throw new UnsupportedOperationException();
  }

  public Collection<? extends Job> getAllJobs() {
    throw new UnsupportedOperationException();
  }

  public abstract boolean isBuildable();
}
