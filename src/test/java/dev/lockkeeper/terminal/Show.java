package dev.lockkeeper.terminal;

import dev.lockkeeper.view.Area;
import dev.lockkeeper.view.Canvas;
import dev.lockkeeper.view.Frame;
import dev.lockkeeper.view.Line;
import dev.lockkeeper.view.Style;
import dev.lockkeeper.wizard.Key;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A program for a real terminal: shows its size and each key that it is given; q leaves. */
final class Show {
  private Show() {}

  public static void main(String[] arguments) throws Exception {
    BlockingQueue<String> news = new LinkedBlockingQueue<>();
    try (TerminalWindow window = TerminalWindow.open(System.getenv())) {
      window.resized(size -> news.add("resized"));
      window.keys(key -> news.add(text(key)), () -> news.add("ended"));
      String last = "none";
      while (!last.equals("q") && !last.equals("ended")) {
        window.paint(frame(window.size(), last), Theme.chosen(System.getenv()));
        last = news.take();
      }
    } catch (TerminalUnavailable none) {
      System.out.println("UNAVAILABLE " + none.getMessage());
    }
  }

  private static Frame frame(Size size, String last) {
    Area all = new Area(0, 0, size.columns(), size.rows());
    return new Canvas(size.columns(), size.rows())
        .box(all, Style.BORDER)
        .title(all, Line.of("Show", Style.TITLE), Line.of("日本 é × now", Style.DIM))
        .put(2, 1, Line.of("size " + size.columns() + "x" + size.rows(), Style.GOOD))
        .put(2, 2, Line.of("last " + last + ".", Style.BAD))
        .frame();
  }

  private static String text(Key key) {
    String name = key.name() == Key.Name.CHARACTER ? "" + key.character() : key.name().toString();
    return (key.ctrl() ? "ctrl-" : "") + name;
  }
}
