package dev.lockkeeper.kubernetes.config;

import dev.lockkeeper.kubernetes.config.Credentials.CredentialException;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;

/**
 * Makes the HTTP client for one target: TLS, proxy, time limits and the way to authenticate. It
 * repeats nothing, follows no redirection, and reads no configuration but what it is given.
 *
 * <p>HTTP/2 stays off: there everything shares one connection, and when that dies silently (a NAT
 * forgets it) every later request waits on it too.
 */
public final class HttpFactory extends JdkHttpClientFactory {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int REQUEST_MILLIS = 10_000;

  private final Optional<SNIHostName> serverName;

  private HttpFactory(Optional<SNIHostName> serverName) {
    this.serverName = serverName;
  }

  /**
   * A client that speaks to the target's API server.
   *
   * @throws ClusterException when certificates, keys or the proxy cannot be used
   */
  public static HttpClient client(
      KubeContext target, Credentials credentials, Optional<Proxy> proxy) throws ClusterException {
    checkAuthority(target);
    Config config = config(target, credentials, proxy);
    HttpFactory factory = new HttpFactory(serverName(target));
    try {
      HttpClient.Builder builder = factory.newBuilder(config);
      builder.addOrReplaceInterceptor(TokenRefreshInterceptor.NAME, new Authorization(credentials));
      return builder.build();
    } catch (KubernetesClientException | IllegalArgumentException e) {
      throw new ClusterException(
          "The certificates, the key or the proxy of context %s in %s cannot be used: check that they are PEM and belong together."
              .formatted(target.context(), target.cluster().file()));
    }
  }

  /** Data without a certificate would not be refused by itself: nobody would be trusted instead. */
  private static void checkAuthority(KubeContext target) throws ClusterException {
    Optional<String> data = target.certificateAuthority();
    try {
      byte[] pem = Base64.getMimeDecoder().decode(data.orElse(""));
      if (data.isEmpty()
          || !CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))
              .isEmpty()) {
        return;
      }
    } catch (CertificateException | IllegalArgumentException e) {
      // Answered below; the data is not shown.
    }
    throw new ClusterException(
        "The certificate authority of context %s in %s holds no certificate: check that it is PEM."
            .formatted(target.context(), target.cluster().file()));
  }

  @Override
  protected void additionalConfig(java.net.http.HttpClient.Builder builder) {
    builder.followRedirects(java.net.http.HttpClient.Redirect.NEVER);
    serverName.ifPresent(
        name -> {
          SSLParameters parameters = new SSLParameters();
          parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
          parameters.setServerNames(List.of(name));
          builder.sslParameters(parameters);
        });
  }

  /**
   * Java sends a name of our choice, and accepts it in the certificate, only where the URL itself
   * has none, but an IP address. (A certificate for that very address is accepted as well.)
   */
  private static Optional<SNIHostName> serverName(KubeContext target) throws ClusterException {
    String name = target.cluster().value().getTlsServerName();
    String host = target.server().getHost();
    if (name == null || name.isEmpty() || name.equals(host)) {
      return Optional.empty();
    }
    if (!host.startsWith("[") && !host.matches("[0-9.]+")) {
      throw new ClusterException(
          "The cluster of context %s in %s has a tls-server-name beside a host name, which is not supported: name the server by its IP address."
              .formatted(target.context(), target.cluster().file()));
    }
    return Optional.of(new SNIHostName(name));
  }

  private static Config config(KubeContext target, Credentials credentials, Optional<Proxy> proxy)
      throws ClusterException {
    Cluster cluster = target.cluster().value();
    ConfigBuilder builder =
        new ConfigBuilder(Config.empty())
            .withAutoConfigure(false)
            .withMasterUrl(target.server().toString())
            .withNamespace(target.namespace())
            .withTrustCerts(Boolean.TRUE.equals(cluster.getInsecureSkipTlsVerify()))
            .withCaCertData(target.certificateAuthority().orElse(null))
            .withConnectionTimeout(CONNECT_MILLIS)
            .withRequestTimeout(REQUEST_MILLIS)
            .withRequestRetryBackoffLimit(0)
            .withHttp2Disable(true)
            .withUserAgent(userAgent());
    withCertificate(builder, target, credentials);
    withImpersonation(builder, target);
    withProxy(builder, proxy);
    return builder.build();
  }

  private static void withCertificate(
      ConfigBuilder builder, KubeContext target, Credentials credentials) throws ClusterException {
    builder.withClientCertData(target.clientCertificate().orElse(null));
    builder.withClientKeyData(target.clientKey().orElse(null));
    if (credentials instanceof ExecCredentials plugin) {
      try {
        ExecCredential first = plugin.current();
        first.certificate().ifPresent(pem -> builder.withClientCertData(base64(pem)));
        first.key().ifPresent(pem -> builder.withClientKeyData(base64(pem)));
      } catch (CredentialException e) {
        throw new ClusterException(e.getMessage());
      }
    }
  }

  private static void withImpersonation(ConfigBuilder builder, KubeContext target) {
    if (target.user().isEmpty()) {
      return;
    }
    AuthInfo user = target.user().get().value();
    builder.withImpersonateUsername(user.getAs());
    builder.withImpersonateGroups(user.getAsGroups().toArray(String[]::new));
  }

  /** Whom no proxy is meant for goes straight, whatever Java was told. */
  private static void withProxy(ConfigBuilder builder, Optional<Proxy> proxy) {
    proxy
        .map(each -> each.address().toString())
        .ifPresentOrElse(
            url -> builder.withHttpProxy(url).withHttpsProxy(url), () -> builder.withNoProxy("*"));
  }

  private static String base64(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
  }

  private static String userAgent() {
    String version = HttpFactory.class.getPackage().getImplementationVersion();
    return "lockkeeper/" + (version == null ? "development" : version);
  }
}
