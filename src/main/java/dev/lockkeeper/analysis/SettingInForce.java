package dev.lockkeeper.analysis;

import dev.lockkeeper.snapshot.PostgresSetting;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.Optional;

/**
 * A parameter that counts for Coder's role, in words. Sessions that began before it was set do not
 * have it, and one that sets it for itself is not seen.
 *
 * @param setting the parameter and its place
 * @param role Coder's role
 */
public record SettingInForce(PostgresSetting setting, String role) {
  /** What counts for Coder's role; empty when nothing sets it, or when that is not known. */
  public static Optional<SettingInForce> of(Snapshot snapshot, String parameter) {
    return CoderRole.facts(snapshot)
        .flatMap(
            facts ->
                CoderRole.of(snapshot)
                    .name()
                    .flatMap(
                        role ->
                            facts
                                .effective(role, parameter)
                                .filter(set -> set.timeout().isPresent() || set.isOn())
                                .map(set -> new SettingInForce(set, role))));
  }

  /** Whether it is known that nobody has set it for Coder's role. */
  public static boolean isUnset(Snapshot snapshot, String parameter) {
    return of(snapshot, parameter).isEmpty()
        && CoderRole.facts(snapshot)
            .filter(facts -> facts.urlUser().isPresent() && !facts.untold().contains(parameter))
            .isPresent();
  }

  /** Such as {@code statement_timeout = 2s, set by ALTER ROLE coder}. */
  public String text() {
    return "%s = %s, set %s".formatted(setting.name(), setting.value(), place());
  }

  private String place() {
    return switch (setting.place()) {
      case URL -> "in Coder's own address";
      case ROLE_IN_DATABASE -> "for the role %s in this database".formatted(setting.role());
      case ROLE -> "for the role " + setting.role();
      case DATABASE -> "for this database";
      case ALL_ROLES -> "for all roles";
      case SERVER ->
          "for the whole server (%s)"
              .formatted(
                  setting.detail().isEmpty()
                      ? "postgresql.conf, ALTER SYSTEM or the command line"
                      : setting.detail());
    };
  }

  /** How it is lifted for Coder's role, as an instruction. */
  public String undo() {
    return switch (setting.place()) {
      case URL -> "take %s out of CODER_PG_CONNECTION_URL".formatted(setting.name());
      case ROLE_IN_DATABASE, ROLE, DATABASE, ALL_ROLES -> setting.undo();
      case SERVER ->
          "ALTER ROLE \"%s\" SET %s = %s, which counts more than the server's setting"
              .formatted(
                  role.replace("\"", "\"\""),
                  setting.name(),
                  setting.isOn() && setting.timeout().isEmpty() ? "off" : "0");
    };
  }
}
