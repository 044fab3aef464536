package brokenhouse.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.googlecode.lanterna.TextColor;
import com.marcnuri.helm.Release;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.undertow.Undertow;
import java.sql.Connection;
import javax.naming.Name;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.jline.terminal.Terminal;
import org.postgresql.PGConnection;
import picocli.CommandLine;

/** Uses each library behind the back of its door. */
record EveryLibrary(
    KubernetesClient fabric8,
    Connection jdbc,
    PGConnection pgjdbc,
    TextColor lanterna,
    Terminal jline,
    JsonNode jackson,
    CommandLine picocli,
    Undertow undertow,
    ArchiveEntry compress,
    Release helm,
    Name names) {}
