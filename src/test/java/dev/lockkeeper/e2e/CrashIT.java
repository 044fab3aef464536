package dev.lockkeeper.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockkeeper.e2e.CrashingDisk.Moment;
import dev.lockkeeper.e2e.CrashingDisk.Point;
import dev.lockkeeper.journal.Entry.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashIT {
  private static final Moment NEVER = new Moment(Kind.INTENDED, Point.NEVER);
  private static final List<Moment> MOMENTS =
      List.of(
          new Moment(Kind.DONE, Point.BEFORE_WRITE),
          new Moment(Kind.INTENDED, Point.BEFORE_WRITE),
          new Moment(Kind.DONE, Point.HALF_WAY),
          new Moment(Kind.INTENDED, Point.HALF_WAY),
          new Moment(Kind.DONE, Point.BEFORE_FSYNC),
          new Moment(Kind.INTENDED, Point.BEFORE_FSYNC),
          new Moment(Kind.DONE, Point.AFTER_FSYNC),
          new Moment(Kind.INTENDED, Point.AFTER_FSYNC));

  @TempDir Path folder;

  @Test
  void calmRecovery() throws IOException {
    assumeTrue(Terminal.isToBeHad(), "tmux is not installed");
    System.out.println(
        new Flight(Bastion.in(folder), Course.recovery("Leave the door open"), List.of(NEVER), true)
            .fly());
  }

  @Test
  void crashedRecovery() throws IOException {
    System.out.println(
        new Flight(Bastion.in(folder), Course.recovery("Leave the door open"), MOMENTS, true)
            .fly());
  }

  @Test
  void calmUpgrade() throws IOException {
    System.out.println(
        new Flight(Bastion.in(folder), Course.upgrade(), List.of(NEVER), true).fly());
  }

  @Test
  void crashedUpgrade() throws IOException {
    System.out.println(new Flight(Bastion.in(folder), Course.upgrade(), MOMENTS, true).fly());
  }
}
