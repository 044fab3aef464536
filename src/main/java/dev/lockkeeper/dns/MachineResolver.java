package dev.lockkeeper.dns;

import dev.lockkeeper.snapshot.HostLookup.Answer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks this machine's own resolver, which takes as long as it likes: who does not answer in time is
 * waited for on a thread of its own, and asked nothing else until then.
 */
final class MachineResolver implements AutoCloseable {
  private static final String BY = "this machine";
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "lockkeeper-resolver");
            thread.setDaemon(true);
            return thread;
          });

  /** Never fails, but may not know. */
  Answer ask(String host) throws InterruptedException {
    Future<InetAddress[]> asked = thread.submit(() -> InetAddress.getAllByName(host));
    try {
      List<String> addresses =
          Arrays.stream(asked.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS))
              .map(InetAddress::getHostAddress)
              .toList();
      return new Answer(BY, List.of(), addresses, "");
    } catch (TimeoutException e) {
      asked.cancel(false);
      return Answer.unknown(BY, "no answer within %d s".formatted(LIMIT.toSeconds()));
    } catch (ExecutionException e) {
      return e.getCause() instanceof UnknownHostException
          ? new Answer(BY, List.of(), List.of(), "")
          : Answer.unknown(BY, "it cannot be asked");
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
