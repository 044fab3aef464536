package dev.lockkeeper.kubernetes;

import dev.lockkeeper.practice.apiserver.ApiServer;
import dev.lockkeeper.practice.apiserver.Logs;
import dev.lockkeeper.practice.apiserver.RequestLog;
import dev.lockkeeper.practice.apiserver.Role;
import dev.lockkeeper.practice.apiserver.Rule;
import dev.lockkeeper.practice.apiserver.Store;
import dev.lockkeeper.practice.apiserver.User;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A namespace of a practice API server, where nobody reconciles anything. */
final class PracticePlace implements HelmPlace {
  private static final String NAMESPACE = "contract";

  private final User blind = User.of("blind", secrets("watch"));
  private final User lister = User.of("lister", secrets("list"));
  private final ApiServer server;
  private final Path kubeconfig;

  PracticePlace(Path directory) throws IOException {
    User admin = User.admin();
    Store store = new Store();
    server =
        ApiServer.start(
            store,
            new Logs(),
            List.of(admin, blind, lister),
            new RequestLog(directory.resolve("requests.jsonl")));
    store.create(
        PracticeCluster.object(
            "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"contract\"}}"));
    kubeconfig = directory.resolve("practice.yaml");
    server.writeKubeconfig(kubeconfig, admin, NAMESPACE);
  }

  private static Role secrets(String verb) {
    return new Role(NAMESPACE, List.of(Rule.of("", List.of("secrets"), verb)));
  }

  @Override
  public String namespace() {
    return NAMESPACE;
  }

  @Override
  public Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public String tokenFor(List<String> verbs) {
    return (verbs.isEmpty() ? blind : lister).token();
  }

  @Override
  public void close() {
    server.close();
  }
}
