package dev.lockkeeper.view;

import dev.lockkeeper.snapshot.OperatorLease;
import dev.lockkeeper.snapshot.SecondLook;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plan that another operator wants to be looked at, with the code that says it was. */
final class LookBox {
  private static final int WIDTH = 84;

  private LookBox() {}

  /** The question, if one is put now. */
  static Optional<Box> of(Snapshot snapshot, int columns) {
    Optional<OperatorLease> lease = snapshot.freshCluster().flatMap(OperatorLine::lease);
    return lease
        .flatMap(OperatorLease::look)
        .map(look -> box(lease.get(), look, Box.room(WIDTH, columns)));
  }

  private static Box box(OperatorLease lease, SecondLook look, int room) {
    List<Line> body = new ArrayList<>();
    String who = lease.holder().map(OperatorLease.Holder::identity).orElse("somebody");
    body.addAll(Line.wrapped(who + " is about to " + look.summary() + ".", Style.STRONG, room));
    body.add(Line.EMPTY);
    body.addAll(Acts.command(look.command(), room));
    body.add(Line.EMPTY);
    body.addAll(
        Line.wrapped(
            "It cannot be undone. Read it, and look at the panels. If it is right, read out this"
                + " code; it is valid for this plan only.",
            Style.TEXT,
            room));
    Line code = Line.of("code ", Style.DIM).and(look.code(), Style.STRONG);
    return new Box(
        Box.Shape.HEAVY, WIDTH, Line.of("A second look"), Line.EMPTY, body, List.of(code));
  }
}
