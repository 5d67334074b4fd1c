package org.jvnet.hudson.reactor;

public class ReactorException extends Exception {
  public ReactorException(Throwable cause) {
    super(cause);
  }
}
