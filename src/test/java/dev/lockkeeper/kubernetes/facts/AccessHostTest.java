package dev.lockkeeper.kubernetes.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Of the access URL in the Deployment the host is kept, and nothing that may be a secret. */
class AccessHostTest {
  private static Optional<String> host(EnvVar... variables) {
    PodTemplateSpec template =
        new PodTemplateSpecBuilder()
            .withNewSpec()
            .addNewContainer()
            .withName("coder")
            .withEnv(variables)
            .endContainer()
            .endSpec()
            .build();
    return TemplateFacts.of(template).accessHost();
  }

  private static EnvVar url(String value) {
    return new EnvVarBuilder().withName("CODER_ACCESS_URL").withValue(value).build();
  }

  @Test
  void theHostIsThatOfTheLastVariableOfThatName() {
    assertThat(host(url("https://old.example.com"), url("https://me:pw@Coder.Example.com:8443/")))
        .contains("coder.example.com");
  }

  @Test
  void whatIsNotWrittenThereIsNotGuessed() {
    assertThat(host()).isEmpty();
    assertThat(host(url(""))).isEmpty();
    assertThat(host(url("https://$(HOST)/"))).isEmpty();
    EnvVar secret =
        new EnvVarBuilder()
            .withName("CODER_ACCESS_URL")
            .withNewValueFrom()
            .withNewSecretKeyRef("url", "coder", false)
            .endValueFrom()
            .build();
    assertThat(host(url("https://old.example.com"), secret)).isEmpty();
  }
}
