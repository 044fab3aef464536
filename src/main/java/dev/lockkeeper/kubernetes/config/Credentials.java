package dev.lockkeeper.kubernetes.config;

import io.fabric8.kubernetes.api.model.AuthInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** What is said to the API server to be let in. */
public interface Credentials {
  /**
   * The value of the Authorization header for the next request.
   *
   * @return empty when the client certificate speaks for us, or nothing does
   * @throws CredentialException when it cannot be had now
   */
  Optional<String> authorization();

  /**
   * Tries to get something better after the server said 401.
   *
   * @param rejected the header that was not accepted
   * @return whether there is now another header to try
   * @throws CredentialException when it cannot be had now
   */
  boolean renew(String rejected);

  /** What could not be had, and why; a sentence without secrets. */
  final class CredentialException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CredentialException(String message) {
      super(message);
    }
  }

  /** Those of a kubeconfig's user, with the precedence that kubectl has. */
  static Credentials of(KubeContext target, Map<String, String> environment)
      throws ClusterException {
    if (target.user().isEmpty()) {
      return new Fixed(Optional.empty());
    }
    AuthInfo user = target.user().get().value();
    Path file = target.user().get().file();
    if (target.server().getScheme().equals("http") && speaks(user)) {
      throw new ClusterException(
          "The server of context %s in %s is http://, where anybody on the way can read the user's token: correct it to https://, or name a user without one."
              .formatted(target.context(), file));
    }
    if (present(user.getTokenFile())) {
      return new TokenFile(file.resolveSibling(user.getTokenFile()));
    }
    if (present(user.getToken())) {
      return new Fixed(Optional.of("Bearer " + user.getToken()));
    }
    if (present(user.getUsername())) {
      return new Fixed(Optional.of(basic(user)));
    }
    if (user.getExec() != null) {
      return new ExecCredentials(ExecPlugin.of(target, environment));
    }
    if (user.getAuthProvider() != null) {
      throw new ClusterException(
          "The user of context %s in %s has an auth-provider, which kubectl has given up too: use a token or a credential plugin (exec)."
              .formatted(target.context(), file));
    }
    return new Fixed(Optional.empty());
  }

  /** Whether something secret would be sent, by whatever way it is had. */
  private static boolean speaks(AuthInfo user) {
    return present(user.getTokenFile())
        || present(user.getToken())
        || present(user.getUsername())
        || user.getExec() != null;
  }

  private static boolean present(String text) {
    return text != null && !text.isEmpty();
  }

  private static String basic(AuthInfo user) {
    String pair = user.getUsername() + ":" + (user.getPassword() == null ? "" : user.getPassword());
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** A token or password that stands in the kubeconfig, or none at all. */
  final class Fixed implements Credentials {
    private final Optional<String> header;

    public Fixed(Optional<String> header) {
      this.header = header;
    }

    @Override
    public Optional<String> authorization() {
      return header;
    }

    @Override
    public boolean renew(String rejected) {
      return false;
    }
  }
}
