package dev.lockkeeper;

import dev.lockkeeper.action.AdoptRequest;
import dev.lockkeeper.action.ClusterOperations;
import dev.lockkeeper.action.ConnectionLimitRequest;
import dev.lockkeeper.action.DatabaseOperations;
import dev.lockkeeper.action.EndRequest;
import dev.lockkeeper.action.ForgetRequest;
import dev.lockkeeper.action.HelmRequest;
import dev.lockkeeper.action.ImageRequest;
import dev.lockkeeper.action.LeaseRequest;
import dev.lockkeeper.action.MemoryRequest;
import dev.lockkeeper.action.Operations;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.PreparedRequest;
import dev.lockkeeper.action.ProbeRequest;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.RepairRequest;
import dev.lockkeeper.action.ScaleRequest;
import dev.lockkeeper.action.ScalerRequest;
import dev.lockkeeper.snapshot.SecondLook;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Both ports, with the same answer to whatever is asked. */
public record OneAnswer(
    Supplier<Outcome> answer, Optional<String> unseated, Supplier<Rehearsal> judge)
    implements ClusterOperations, DatabaseOperations {
  public OneAnswer(Supplier<Outcome> answer) {
    this(answer, Optional.empty());
  }

  public OneAnswer(Supplier<Outcome> answer, Optional<String> unseated) {
    this(answer, unseated, () -> new Rehearsal(Rehearsal.Verdict.ACCEPTED, List.of()));
  }

  public Operations operations() {
    return new Operations(this, this);
  }

  @Override
  public Outcome scale(ScaleRequest request) {
    return answer.get();
  }

  @Override
  public Outcome setImage(ImageRequest request) {
    return answer.get();
  }

  @Override
  public Outcome setProbe(ProbeRequest request) {
    return answer.get();
  }

  @Override
  public Outcome hold(ScalerRequest request) {
    return answer.get();
  }

  @Override
  public Optional<String> changed(HelmRequest request) {
    return Optional.empty();
  }

  @Override
  public Outcome forget(ForgetRequest request) {
    return answer.get();
  }

  @Override
  public Outcome adopt(AdoptRequest request) {
    return answer.get();
  }

  @Override
  public Outcome take(LeaseRequest request) {
    return answer.get();
  }

  @Override
  public Outcome publishSecondLook(Optional<SecondLook> look) {
    return answer.get();
  }

  @Override
  public Outcome end(EndRequest request) {
    return answer.get();
  }

  @Override
  public Outcome rollBack(PreparedRequest request) {
    return answer.get();
  }

  @Override
  public Outcome limit(ConnectionLimitRequest request) {
    return answer.get();
  }

  @Override
  public Outcome repair(RepairRequest request) {
    return answer.get();
  }

  @Override
  public Rehearsal rehearse(ScaleRequest request) {
    return judge.get();
  }

  @Override
  public Rehearsal rehearse(ImageRequest request) {
    return judge.get();
  }

  @Override
  public Rehearsal rehearse(AdoptRequest request) {
    return new Rehearsal(Rehearsal.Verdict.ACCEPTED, List.of());
  }

  @Override
  public Rehearsal rehearse(ProbeRequest request) {
    return judge.get();
  }

  @Override
  public Rehearsal rehearse(ScalerRequest request) {
    return judge.get();
  }

  @Override
  public Outcome setMemoryLimit(MemoryRequest request) {
    return answer.get();
  }

  @Override
  public Rehearsal rehearse(MemoryRequest request) {
    return judge.get();
  }

  @Override
  public Rehearsal rehearse(ForgetRequest request) {
    return new Rehearsal(Rehearsal.Verdict.ACCEPTED, List.of());
  }
}
