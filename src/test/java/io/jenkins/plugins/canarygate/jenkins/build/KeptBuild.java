package io.jenkins.plugins.canarygate.jenkins.build;

import hudson.model.Job;
import hudson.model.Run;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** A build of which there is nothing but its folder. */
@SuppressWarnings({"rawtypes", "unchecked"})
final class KeptBuild extends Run {
  private final Path folder;

  KeptBuild(Path folder) throws IOException {
    super((Job) null);
    this.folder = folder;
  }

  @Override
  public File getRootDir() {
    return folder.toFile();
  }

  @Override
  public String getExternalizableId() {
    return "shop/checkout#1";
  }

  @Override
  public String getUrl() {
    return "job/shop/job/checkout/1/";
  }

  @Override
  public Object getTarget() {
    return this;
  }
}
