package dev.lockkeeper.action;

import java.util.ArrayList;
import java.util.List;

/**
 * An act as it would be done now. The {@code request} is its identity: when the operator confirms,
 * the plan is made again, and if the request differs from the one on the screen, nothing is done.
 * The effects are estimates; they are only shown.
 *
 * @param request what exactly will be asked
 * @param risk how it is confirmed
 * @param effects what will happen, a line each
 * @param undo how it is taken back, or that it cannot be
 * @param phrase what the operator types to confirm an irreversible act; it stands on the screen
 */
public record Plan(Request request, Risk risk, List<String> effects, String undo, String phrase) {
  public Plan {
    effects = List.copyOf(effects);
  }

  /** A value that changes with everything that identifies the request, in hexadecimal digits. */
  public String digest() {
    return request.digest();
  }

  /**
   * Whether an operator who confirmed this plan has confirmed that one as well: it asks for the
   * same or less, and can hurt no more than it was said to.
   */
  public boolean covers(Plan now) {
    return request.covers(now.request) && risk == now.risk;
  }

  /** In what that plan differs from this one, a line each; see {@link Request#differences}. */
  public List<String> differences(Plan now) {
    List<String> lines = new ArrayList<>(request.differences(now.request));
    if (risk != now.risk) {
      lines.add(Differences.line("grade", risk.name(), now.risk.name()));
    }
    return lines;
  }
}
