package dev.lockkeeper.helm;

import dev.lockkeeper.action.HelmOperations;
import dev.lockkeeper.action.HelmRequest;
import dev.lockkeeper.action.Outcome;
import dev.lockkeeper.action.Rehearsal;
import dev.lockkeeper.action.RepositoryRequest;
import dev.lockkeeper.action.ValuesRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs of helm that are waited for, and that change nothing in the cluster: they need no keeper.
 *
 * @param rendering how long a chart may take to be loaded and rendered
 */
record HelmReadCommands(HelmConfig desk, Duration rendering) {
  static final Duration RENDERING = Duration.ofSeconds(60);

  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Pattern REVISION = Pattern.compile("\"revision\"\\s*:\\s*(\\d{1,9})");
  private static final Pattern ABSENT = Pattern.compile("(?is).*release: not found.*");

  /** Another revision means that somebody was faster. */
  Optional<String> against(HelmRequest.Place place) throws IOException, InterruptedException {
    Newest newest = newest(place);
    if (newest.revision().isEmpty()) {
      return Optional.of("the release could not be asked for: " + newest.trouble());
    }
    int revision = newest.revision().get();
    return revision == place.revision()
        ? Optional.empty()
        : Optional.of(
            revision == 0
                ? "the release is not there any more"
                : "the release is at revision %d and no longer at %d"
                    .formatted(revision, place.revision()));
  }

  /**
   * What is newest.
   *
   * @param revision its number, 0 where there is no such release; empty where it is not known
   * @param trouble why not
   */
  record Newest(Optional<Integer> revision, String trouble) {}

  /** The newest revision of a release, as helm tells it. */
  Newest newest(HelmRequest.Place place) throws IOException, InterruptedException {
    RunFolder scratch = RunFolder.scratch(desk.runs());
    try {
      RunFolder.secret(scratch.kubeconfig(), desk.kubeconfig().get());
      HelmQuery.Said said = ask(scratch).run(with(place.historyArguments(), scratch), ANSWER);
      Matcher found = REVISION.matcher(said.out());
      Optional<Integer> last = Optional.empty();
      while (said.well() && found.find()) {
        last = Optional.of(Integer.valueOf(found.group(1)));
      }
      boolean absent = !said.well() && ABSENT.matcher(said.trouble()).matches();
      return new Newest(
          absent ? Optional.of(0) : last, said.well() ? "its history is empty" : said.trouble());
    } finally {
      scratch.remove();
    }
  }

  private HelmQuery ask(RunFolder scratch) {
    return new HelmQuery(desk.program().orElseThrow(), scratch);
  }

  /** The words with the kubeconfig of this folder. */
  static List<String> with(List<String> words, RunFolder folder) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--kubeconfig", folder.kubeconfig().toString()));
    return all;
  }

  /** See {@link HelmOperations#rehearse}. */
  Rehearsal rehearse(HelmRequest request) {
    if (desk.program().isEmpty()) {
      return Rehearsal.refused(HelmConfig.NONE);
    }
    try {
      RunFolder scratch = RunFolder.scratch(desk.runs());
      try {
        RunFolder.secret(scratch.kubeconfig(), desk.kubeconfig().get());
        return rendered(request, scratch);
      } finally {
        scratch.remove();
      }
    } catch (IOException e) {
      return new Rehearsal(
          Rehearsal.Verdict.NOT_ASKED, List.of("helm could not be run: " + HelmRuns.reason(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Rehearsal.notAsked("interrupted");
    }
  }

  private Rehearsal rendered(HelmRequest request, RunFolder scratch)
      throws IOException, InterruptedException {
    if (request.file().isPresent()) {
      RunFolder.secret(scratch.values(), ValuesFiles.content(Path.of(request.file().get().path())));
    } else if (!request.valuesArguments().isEmpty()) {
      HelmQuery.Said values = ask(scratch).run(with(request.valuesArguments(), scratch), ANSWER);
      if (!values.well()) {
        return new Rehearsal(
            Rehearsal.Verdict.NOT_ASKED, List.of("the values cannot be read: " + values.trouble()));
      }
      RunFolder.secret(scratch.values(), values.out().getBytes(StandardCharsets.UTF_8));
    }
    List<String> words = with(request.rehearsalArguments(scratch.values().toString()), scratch);
    HelmQuery.Said said = ask(scratch).run(words, rendering);
    return said.well()
        ? Rendered.of(said.out()).judged(request)
        : new Rehearsal(
            said.answered() ? Rehearsal.Verdict.REFUSED : Rehearsal.Verdict.NOT_ASKED,
            List.of(said.trouble()));
  }

  /** See {@link HelmOperations#add}. */
  Outcome add(RepositoryRequest request) {
    if (desk.program().filter(each -> each.path().isPresent()).isEmpty()) {
      return Outcome.refused("there is no helm of yours here");
    }
    try {
      RunFolder scratch = RunFolder.scratch(desk.runs());
      try {
        HelmQuery.Said added = ask(scratch).run(request.added(), RENDERING);
        if (!added.well()) {
          String why = "helm repo add: " + added.trouble();
          return added.answered() ? Outcome.refused(why) : Outcome.unknown(why);
        }
        HelmQuery.Said updated = ask(scratch).run(request.updated(), RENDERING);
        return Outcome.done(
            updated.well()
                ? "%s is %s".formatted(request.name(), request.url())
                : "%s is known; helm repo update: %s".formatted(request.name(), updated.trouble()));
      } finally {
        scratch.remove();
      }
    } catch (IOException e) {
      return Outcome.refused("helm could not be run: " + HelmRuns.reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.unknown("interrupted while helm ran");
    }
  }

  /** See {@link HelmOperations#keep}. */
  Outcome saveValues(ValuesRequest request) {
    if (desk.program().isEmpty()) {
      return Outcome.refused(HelmConfig.NONE);
    }
    try {
      Optional<String> against = against(request.place());
      return against.isPresent() ? Outcome.refused(against.get()) : kept(request);
    } catch (IOException e) {
      return Outcome.refused("the values were not written: " + HelmRuns.reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.refused("interrupted before the values were there");
    }
  }

  private Outcome kept(ValuesRequest request) throws IOException, InterruptedException {
    RunFolder scratch = RunFolder.scratch(desk.runs());
    try {
      RunFolder.secret(scratch.kubeconfig(), desk.kubeconfig().get());
      List<String> words = request.place().valuesArguments(request.revision());
      HelmQuery.Said said = ask(scratch).run(with(words, scratch), ANSWER);
      if (!said.well()) {
        return Outcome.refused("the values cannot be read: " + said.trouble());
      }
      return new ValuesFiles(desk).saveValues(request, said.out())
          ? Outcome.done("%s, which only you may read".formatted(request.file()))
          : Outcome.refused(request.file() + " is there already");
    } finally {
      scratch.remove();
    }
  }
}
