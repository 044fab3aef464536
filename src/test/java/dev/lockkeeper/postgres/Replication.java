package dev.lockkeeper.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.PGReplicationStream;

/** A subscriber: the server sends it the changes of one database. */
record Replication(Connection connection, PGReplicationStream stream) implements AutoCloseable {
  static Replication of(Acted acted) throws SQLException {
    DatabaseAddress address = acted.scene().address(acted.server().superuser());
    Properties properties = new Properties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password().reveal());
    properties.setProperty("sslmode", "disable");
    PGProperty.REPLICATION.set(properties, "database");
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "13");
    PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
    Connection connection = new Driver().connect(DriverProperties.url(address), properties);
    PGConnection replicating = connection.unwrap(PGConnection.class);
    replicating
        .getReplicationAPI()
        .createReplicationSlot()
        .logical()
        .withSlotName("bystander")
        .withOutputPlugin("test_decoding")
        .withTemporaryOption()
        .make();
    PGReplicationStream stream =
        replicating
            .getReplicationAPI()
            .replicationStream()
            .logical()
            .withSlotName("bystander")
            .start();
    return new Replication(connection, stream);
  }

  int pid() throws SQLException {
    return Scene.pid(connection);
  }

  @Override
  public void close() throws SQLException {
    connection.abort(Runnable::run);
  }
}
