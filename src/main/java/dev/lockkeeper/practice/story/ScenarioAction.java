package dev.lockkeeper.practice.story;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.sql.SQLException;

/** Something that somebody does to a world, or that befalls it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @Type(value = UpgradeByAnother.class, name = "upgrade"),
  @Type(value = Autoscaling.class, name = "autoscale"),
  @Type(value = Reconciling.class, name = "keep-replicas"),
  @Type(value = NewSecret.class, name = "replace-password"),
  @Type(value = LostSecret.class, name = "remove-secret"),
  @Type(value = Cordon.class, name = "cordon"),
  @Type(value = Statements.class, name = "sql"),
  @Type(value = ForgottenSession.class, name = "forget-session"),
  @Type(value = MigratorsEnd.class, name = "migrator")
})
public interface ScenarioAction {
  /**
   * Does it.
   *
   * @param stage where
   * @throws SQLException when the database refuses
   * @throws InterruptedException when the world ends meanwhile
   */
  void act(ScenarioContext stage) throws SQLException, InterruptedException;
}
