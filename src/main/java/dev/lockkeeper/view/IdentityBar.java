package dev.lockkeeper.view;

import dev.lockkeeper.analysis.UpgradePath;
import dev.lockkeeper.snapshot.ClusterIdentity;
import dev.lockkeeper.snapshot.DatabaseIdentity;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.wizard.ScreenState;
import dev.lockkeeper.wizard.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which world this is: always in sight, on the upper border. What does not fit is shortened, the
 * target last of all.
 *
 * <pre>
 *   ┌ LOCKKEEPER ─ prod-eu · ns coder · deploy/coder · db coder/coder@pg-1 ─── v2.26.6 → v2.29.3 ─ window 00:12/01:30 ┐
 * </pre>
 */
final class IdentityBar {
  private static final String NAME = "LOCKKEEPER";

  private IdentityBar() {}

  /** The bar, exactly this wide. */
  static Line line(ScreenState state, int width) {
    int room = width - 4;
    List<Parts> variants = variants(state);
    Parts parts =
        variants.stream()
            .filter(each -> each.columns() <= room)
            .findFirst()
            .orElse(variants.get(variants.size() - 1));
    String left = Shown.of(parts.left()).cut(room).text();
    int fill = room - Shown.of(left).columns() - Shown.of(parts.right()).columns();
    String between = parts.right().isEmpty() ? "─" : " " + "─".repeat(Math.max(0, fill - 2)) + " ";
    String text =
        parts.right().isEmpty()
            ? left + " " + between.repeat(Math.max(0, fill)) + "┐"
            : left + between + parts.right() + " ┐";
    return Line.of("┌ " + text, style(state.world()));
  }

  private static Style style(Setting.World world) {
    return switch (world) {
      case ORDINARY -> Style.BANNER;
      case PRODUCTION -> Style.BANNER_PRODUCTION;
      case PRACTICE -> Style.BANNER_PRACTICE;
    };
  }

  /**
   * One way to say it.
   *
   * @param left who and where; never left out
   * @param right from where to where, and the clock; may be empty
   */
  private record Parts(String left, String right) {
    int columns() {
      int both = Shown.of(left).columns() + Shown.of(right).columns();
      return right.isEmpty() ? both : both + 3;
    }
  }

  private static List<Parts> variants(ScreenState state) {
    String world = joined(world(state.world()), readOnly(state));
    String whole = target(state, true);
    String brief = target(state, false);
    String path = path(state, true);
    String versions = path(state, false);
    String window = WindowClock.text(state.snapshot(), true);
    String clock = WindowClock.text(state.snapshot(), false);
    List<Parts> variants = new ArrayList<>();
    variants.add(new Parts(joined(NAME, world, whole), joined(path, window)));
    variants.add(new Parts(joined(NAME, world, whole), joined(path, clock)));
    variants.add(new Parts(joined(NAME, world, brief), joined(path, clock)));
    variants.add(new Parts(joined(NAME, world, brief), joined(versions, clock)));
    variants.add(new Parts(joined(world, brief), joined(versions, clock)));
    variants.add(new Parts(joined(world, brief), versions));
    variants.add(new Parts(joined(world, brief), ""));
    return variants;
  }

  private static String joined(String... parts) {
    return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(" ─ "));
  }

  private static String readOnly(ScreenState state) {
    boolean closed = state.walked().filter(walk -> walk.setting().policy().readOnly()).isPresent();
    return closed ? "READ-ONLY" : "";
  }

  private static String world(Setting.World world) {
    return switch (world) {
      case ORDINARY -> "";
      case PRODUCTION -> "PRODUCTION";
      case PRACTICE -> "PRACTICE";
    };
  }

  /** Where it leads; what was not read yet is said to be so. */
  static String target(ScreenState state, boolean whole) {
    List<String> parts = new ArrayList<>();
    state
        .snapshot()
        .cluster()
        .value()
        .ifPresentOrElse(
            cluster -> {
              ClusterIdentity identity = cluster.identity();
              if (!named(state, identity)) {
                parts.add(identity.context());
              }
              parts.add("ns " + identity.namespace());
              parts.add(
                  "deploy/" + cluster.deployment().map(Deployment::name).orElse("? none here"));
            },
            () -> parts.addAll(unread(state.snapshot().run())));
    Optional<DatabaseIdentity> database =
        state.snapshot().database().value().map(seen -> seen.identity());
    parts.add("db " + database.map(seen -> database(seen, whole)).orElse("not read yet"));
    return String.join(" · ", parts);
  }

  /** Where it leads is known before it is reached. */
  private static List<String> unread(RunFacts run) {
    return Stream.concat(
            Stream.concat(
                run.recalled(RunFacts.CONTEXT).filter(name -> !name.isEmpty()).stream(),
                run
                    .recalled(RunFacts.NAMESPACE)
                    .filter(name -> !name.isEmpty())
                    .map(name -> "ns " + name)
                    .stream()),
            Stream.of("cluster not read yet"))
        .toList();
  }

  /** The practice world's context is called practice, which the banner says already. */
  private static boolean named(ScreenState state, ClusterIdentity identity) {
    return world(state.world()).equalsIgnoreCase(identity.context());
  }

  private static String database(DatabaseIdentity identity, boolean whole) {
    String port = identity.port() == 5432 ? "" : ":" + identity.port();
    return identity.user() + "/" + identity.name() + "@" + host(identity.host(), whole) + port;
  }

  /** The first label of a long name; an address has no labels. */
  private static String host(String host, boolean whole) {
    boolean address =
        host.chars().allMatch(c -> Character.digit(c, 16) >= 0 || ".:".indexOf(c) >= 0);
    int dot = host.indexOf('.');
    return whole || address || dot < 1 ? host : host.substring(0, dot);
  }

  private static String path(ScreenState state, boolean withSchema) {
    UpgradePath path = UpgradePath.of(state.snapshot(), state.knowledge());
    if (path.target().isEmpty()) {
      return path.source().map(Object::toString).orElse("");
    }
    // A recovery starts where the upgrade has led already.
    String target = path.target().get().toString();
    String source = path.source().map(Object::toString).orElse("?");
    String versions = source.equals(target) ? target : source + " → " + target;
    return withSchema && path.wanted().isPresent()
        ? versions + " · " + MigrationPanel.numbers(path, state.knowledge())
        : versions;
  }
}
