package dev.lockkeeper.action;

import java.util.Optional;

/**
 * What an action proposes: a plan, or the reason why there is none.
 *
 * @param plan the plan
 * @param reason why there is none; empty when there is one
 */
public record Proposal(Optional<Plan> plan, String reason) {
  public static Proposal of(Plan plan) {
    return new Proposal(Optional.of(plan), "");
  }

  public static Proposal none(String reason) {
    return new Proposal(Optional.empty(), reason);
  }
}
