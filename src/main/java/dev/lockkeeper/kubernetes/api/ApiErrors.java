package dev.lockkeeper.kubernetes.api;

import dev.lockkeeper.kubernetes.config.Credentials.CredentialException;
import dev.lockkeeper.kubernetes.config.Proxy.ProxyException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/** Says in the operator's words why the API server could not be asked, or did not answer well. */
public final class ApiErrors {
  private static final String EXPIRED =
      "401: the token is no longer accepted: renew it, then resume";

  private final URI server;

  public ApiErrors(URI server) {
    this.server = server;
  }

  /** No answer came at all. */
  public String silence(Throwable failure) {
    Throwable cause = ApiServer.cause(failure);
    if (cause instanceof CredentialException || cause instanceof ProxyException) {
      return cause.getMessage();
    }
    String who = "API server " + server;
    if (cause instanceof ForeignAnswer) {
      return who + " " + cause.getMessage();
    }
    if (has(cause, UnresolvedAddressException.class)) {
      return who + ": the name " + server.getHost() + " cannot be resolved";
    }
    if (has(cause, CertificateException.class)) {
      return who + " shows a certificate that is not trusted";
    }
    if (cause instanceof SSLException) {
      return who + ": TLS fails";
    }
    if (cause instanceof ConnectException && !(cause instanceof HttpConnectTimeoutException)) {
      return who + " does not answer: connection refused";
    }
    return who + " does not answer";
  }

  /** It answered with a refusal or an error. */
  public String refusal(Answer answer, String verb, Resource resource) {
    return switch (answer.code()) {
      case 401 -> EXPIRED;
      case 403 ->
          "403: may not %s %s in namespace %s: ask for get, list and watch on %s"
              .formatted(verb, resource.plural(), resource.namespace(), resource.plural());
      default ->
          "API server %s answered %d%s"
              .formatted(
                  server, answer.code(), answer.message().isEmpty() ? "" : ": " + answer.message());
    };
  }

  /** The same as an exception. */
  public ApiException refused(Answer answer, String verb, Resource resource) {
    return new ApiException(refusal(answer, verb, resource), answer.refused());
  }

  /** Why a request of ours was not granted. */
  public String denied(Answer answer, String verb) {
    String said = answer.message().isEmpty() ? "" : ": " + answer.message();
    return switch (answer.code()) {
      case 401 -> EXPIRED;
      case 403 -> "403: may not %s this%s".formatted(verb, said);
      case 404 -> "404: it is not there%s".formatted(said);
      default -> "API server %s answered %d%s".formatted(server, answer.code(), said);
    };
  }

  /** Whether the failure proves that no byte of the request can have arrived. */
  static boolean neverSent(Throwable failure) {
    Throwable cause = ApiServer.cause(failure);
    return cause instanceof CredentialException
        || cause instanceof ProxyException
        || cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || has(cause, UnresolvedAddressException.class)
        || has(cause, CertificateException.class);
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
