package jenkins.widgets;

import jenkins.security.stapler.StaplerAccessibleType;

@StaplerAccessibleType
public interface HasWidgets {}
