package dev.lockkeeper.view;

import dev.lockkeeper.terminal.CellStyle;
import dev.lockkeeper.terminal.Theme;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * A frame as a picture: a terminal window with a little air around it, as SVG or PNG.
 *
 * @param frame what is shown
 * @param palette in which colours
 */
record Picture(Frame frame, Palette palette) {
  private static final double CELL = 8.4;
  private static final double ROW = 18;
  private static final double BASE = 13.4;
  private static final double SIZE = 14;
  private static final double AIR = 14;
  private static final double BAR = 30;
  private static final int SCALE = 2;

  static Picture of(Frame frame) {
    return new Picture(frame, Palette.DARK);
  }

  /** Cells of a row that look the same. */
  private record Run(int column, int row, int width, String text, CellStyle look, Palette in) {
    String ink() {
      return look.reversed() ? in.paper(look.background()) : in.ink(look.foreground());
    }

    String paper() {
      return look.reversed() ? in.ink(look.foreground()) : in.paper(look.background());
    }

    double x() {
      return AIR + column * CELL;
    }

    double y() {
      return BAR + AIR / 2 + row * ROW;
    }

    List<Strokes.Stroke> borders() {
      return new Strokes(CELL, ROW).of(text, x(), y());
    }
  }

  private double width() {
    return frame.columns() * CELL + 2 * AIR;
  }

  private double height() {
    return frame.rows() * ROW + BAR + 1.5 * AIR;
  }

  String svg() {
    StringBuilder svg = new StringBuilder(opening());
    for (int row = 0; row < frame.rows(); row++) {
      svg.append(row(row));
    }
    return svg.append("</svg>\n").toString();
  }

  /** The window, as yet without text. */
  String opening() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\""
                + " height=\"%.0f\" font-family=\"'DejaVu Sans Mono','Menlo','Consolas',monospace\""
                + " font-size=\"%.0f\">\n",
            width(), height(), width(), height(), SIZE));
    svg.append(
        format(
            "<rect width=\"100%%\" height=\"100%%\" rx=\"10\" fill=\"%s\"/>\n"
                + "<path d=\"M0 %.0fV10a10 10 0 0 1 10-10H%.0fa10 10 0 0 1 10 10V%.0fZ\""
                + " fill=\"%s\"/>\n",
            palette.paper(), BAR - 4, width() - 10, BAR - 4, palette.chrome()));
    for (int dot = 0; dot < 3; dot++) {
      svg.append(
          format(
              "<circle cx=\"%.0f\" cy=\"13\" r=\"5\" fill=\"%s\"/>\n",
              AIR + 5 + 17 * dot, List.of("#f2727f", "#e6c07b", "#8fc77e").get(dot)));
    }
    return svg.toString();
  }

  /** One row of it. */
  String row(int row) {
    return runs(row).map(this::svg).collect(Collectors.joining());
  }

  private String svg(Run run) {
    String paper =
        run.paper().equals(palette.paper())
            ? ""
            : format(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n",
                run.x(), run.y(), run.width() * CELL, ROW, run.paper());
    StringBuilder path = new StringBuilder();
    double thick = 1;
    for (Strokes.Stroke stroke : run.borders()) {
      Line2D.Double line = stroke.line();
      path.append(format("M%.1f %.1fL%.1f %.1f", line.x1, line.y1, line.x2, line.y2));
      thick = Math.max(thick, stroke.thick());
    }
    return paper + border(path.toString(), run, thick) + letters(Strokes.without(run.text()), run);
  }

  private static String border(String path, Run run, double thick) {
    String width = thick == 1 ? "" : format(" stroke-width=\"%.1f\"", thick);
    return path.isEmpty()
        ? ""
        : format(
            "<path d=\"%s\" stroke=\"%s\"%s stroke-linecap=\"square\" fill=\"none\"/>\n",
            path, run.ink(), width);
  }

  private static String letters(String text, Run run) {
    if (text.isBlank()) {
      return "";
    }
    String weight = run.look().bold() ? " font-weight=\"bold\"" : "";
    String line = run.look().underlined() ? " text-decoration=\"underline\"" : "";
    return format(
        "<text xml:space=\"preserve\" x=\"%.1f\" y=\"%.1f\" textLength=\"%.1f\""
            + " fill=\"%s\"%s%s>%s</text>\n",
        run.x(), run.y() + BASE, run.width() * CELL, run.ink(), weight, line, escaped(text));
  }

  /** Writes it as PNG, at twice the size so that it is sharp on every display. */
  void png(Path file) {
    System.setProperty("java.awt.headless", "true");
    BufferedImage image =
        new BufferedImage(
            (int) Math.ceil(width() * SCALE),
            (int) Math.ceil(height() * SCALE),
            BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setTransform(AffineTransform.getScaleInstance(SCALE, SCALE));
    window(graphics);
    Font regular = font("DejaVuSansMono.ttf");
    Font bold = font("DejaVuSansMono-Bold.ttf");
    for (int row = 0; row < frame.rows(); row++) {
      runs(row).forEach(run -> draw(run, graphics, run.look().bold() ? bold : regular));
    }
    graphics.dispose();
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private void window(Graphics2D graphics) {
    graphics.setColor(Color.decode(palette.chrome()));
    graphics.fillRoundRect(0, 0, (int) width(), (int) height(), 20, 20);
    graphics.setColor(Color.decode(palette.paper()));
    graphics.fillRoundRect(0, (int) BAR - 4, (int) width(), (int) (height() - BAR + 4), 20, 20);
    graphics.fillRect(0, (int) BAR - 4, (int) width(), 20);
    for (int dot = 0; dot < 3; dot++) {
      graphics.setColor(Color.decode(List.of("#f2727f", "#e6c07b", "#8fc77e").get(dot)));
      graphics.fillOval((int) AIR + 17 * dot, 8, 10, 10);
    }
  }

  /** Character by character, so that every one stands in its own cell. */
  private void draw(Run run, Graphics2D graphics, Font font) {
    if (!run.paper().equals(palette.paper())) {
      graphics.setColor(Color.decode(run.paper()));
      graphics.fill(new Rectangle2D.Double(run.x(), run.y(), run.width() * CELL, ROW));
    }
    graphics.setColor(Color.decode(run.ink()));
    graphics.setFont(font);
    for (Strokes.Stroke stroke : run.borders()) {
      graphics.setStroke(
          new BasicStroke((float) stroke.thick(), BasicStroke.CAP_SQUARE, BasicStroke.JOIN_MITER));
      graphics.draw(stroke.line());
    }
    double x = run.x();
    for (int codePoint : Strokes.without(run.text()).codePoints().toArray()) {
      graphics.drawString(Character.toString(codePoint), (float) x, (float) (run.y() + BASE));
      x += CELL * Columns.width(codePoint);
    }
  }

  private static Font font(String name) {
    try (InputStream in = Picture.class.getResourceAsStream("/fonts/" + name)) {
      return Font.createFont(Font.TRUETYPE_FONT, in).deriveFont((float) SIZE);
    } catch (FontFormatException | IOException broken) {
      throw new IllegalStateException(name, broken);
    }
  }

  private Stream<Run> runs(int row) {
    List<Run> runs = new ArrayList<>();
    int column = 0;
    while (column < frame.columns()) {
      Run run = run(column, row);
      runs.add(run);
      column += run.width();
    }
    return runs.stream();
  }

  private Run run(int from, int row) {
    CellStyle look = Theme.STANDARD.look(frame.style(from, row));
    StringBuilder text = new StringBuilder();
    int column = from;
    while (column < frame.columns() && Theme.STANDARD.look(frame.style(column, row)).equals(look)) {
      if (frame.codePoint(column, row) != Frame.COVERED) {
        text.appendCodePoint(frame.codePoint(column, row));
      }
      column++;
    }
    return new Run(from, row, column - from, text.toString(), look, palette);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
