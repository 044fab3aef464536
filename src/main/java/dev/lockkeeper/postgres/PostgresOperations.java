package dev.lockkeeper.postgres;

import dev.lockkeeper.action.DatabaseOperations;
import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.action.FenceRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.PreparedRequest;
import dev.lockkeeper.action.RepairRequest;

/** Changes what happens in the database, each time over a connection of its own. */
public final class PostgresOperations implements DatabaseOperations {
  private final DatabaseAddress address;

  public PostgresOperations(DatabaseAddress address) {
    this.address = address;
  }

  @Override
  public Outcome end(EndRequest request) {
    throw new UnsupportedOperationException(address.where());
  }

  @Override
  public Outcome rollBack(PreparedRequest request) {
    throw new UnsupportedOperationException(address.where());
  }

  @Override
  public Outcome limit(FenceRequest request) {
    throw new UnsupportedOperationException(address.where());
  }

  @Override
  public Outcome repair(RepairRequest request) {
    throw new UnsupportedOperationException(address.where());
  }
}
