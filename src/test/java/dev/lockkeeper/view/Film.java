package dev.lockkeeper.view;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Frames one after the other, as one SVG that moves by CSS alone. A row that stays the same is in
 * it once. Where nothing shall move, the first frame stands still.
 *
 * @param frames all of one size
 * @param seconds for how long each is shown
 */
record Film(List<Frame> frames, int seconds) {
  /** From which frame to before which one something is shown. */
  private record Scene(int from, int to) {
    String name() {
      return "f" + from + "t" + to;
    }
  }

  String svg() {
    List<Picture> pictures = frames.stream().map(Picture::of).toList();
    Set<Scene> scenes = new LinkedHashSet<>();
    StringBuilder rows = new StringBuilder();
    for (int row = 0; row < frames.get(0).rows(); row++) {
      for (Scene scene : scenes(pictures, row)) {
        scenes.add(scene);
        String text = pictures.get(scene.from()).row(row);
        rows.append("<g class=\"").append(scene.name()).append("\">").append(text).append("</g>\n");
      }
    }
    return pictures.get(0).opening() + style(scenes) + rows + "</svg>\n";
  }

  private List<Scene> scenes(List<Picture> pictures, int row) {
    List<Scene> scenes = new ArrayList<>();
    int from = 0;
    for (int at = 1; at <= pictures.size(); at++) {
      boolean ends =
          at == pictures.size() || !pictures.get(at).row(row).equals(pictures.get(from).row(row));
      if (ends) {
        scenes.add(new Scene(from, at));
        from = at;
      }
    }
    return scenes;
  }

  private String style(Set<Scene> scenes) {
    StringBuilder css = new StringBuilder("<style>\n");
    for (Scene scene : scenes) {
      if (scene.from() == 0 && scene.to() == frames.size()) {
        continue;
      }
      String name = scene.name();
      String still = scene.from() == 0 ? "visible" : "hidden";
      css.append("@keyframes %s{".formatted(name));
      css.append("0%%{visibility:%s}".formatted(still));
      if (scene.from() > 0) {
        css.append(percent(scene.from())).append("{visibility:visible}");
      }
      if (scene.to() < frames.size()) {
        css.append(percent(scene.to())).append("{visibility:hidden}");
      }
      css.append(
          "}\n.%s{visibility:%s;animation:%s %ds step-end infinite}\n"
              .formatted(name, still, name, seconds * frames.size()));
    }
    return css.append(
            "@media (prefers-reduced-motion:reduce){g{animation:none!important}}\n</style>\n")
        .toString();
  }

  private String percent(int frame) {
    return String.format(Locale.ROOT, "%.2f%%", 100.0 * frame / frames.size());
  }
}
