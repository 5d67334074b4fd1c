package org.springframework.security.core;

public abstract class AuthenticationException extends RuntimeException {
  public AuthenticationException(String msg) {
    super(msg);
  }
}
