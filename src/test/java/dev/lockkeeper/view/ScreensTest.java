package dev.lockkeeper.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Scratch. */
class ScreensTest {
  @Test
  void walk() throws Exception {
    java.util.Map<String, Story> all = new java.util.LinkedHashMap<>();
    all.put("first", Story.begins());
    all.put("contention", Chapters.readUpToContention().sees(UpgradeWorld::contended));
    all.put("backup", Chapters.prepared().enters().types("snap"));
    all.put("choose", Chapters.backedUp().enters());
    all.put("plan", Chapters.choseZero());
    all.put("disruptive", Chapters.asksToScaleDown());
    all.put("draining", Chapters.drains());
    all.put("drained", Chapters.drained());
    all.put("irreversible", Chapters.asksToMigrate().types("coder/co"));
    all.put("migrating", Chapters.migrates());
    all.put("blocked", Chapters.migrates().sees(UpgradeWorld::blocked));
    all.put("committed", Chapters.committed());
    all.put("done", Chapters.done());
    StringBuilder out = new StringBuilder();
    for (var e : all.entrySet()) {
      Frame f = Screens.render(e.getValue().state(), 120, 40);
      out.append(e.getKey())
          .append(" ")
          .append(e.getValue().state().cursor())
          .append("\n")
          .append(f.text());
      out.append(Screens.render(e.getValue().state(), 80, 24).text());
      Picture.of(f).png(java.nio.file.Path.of("target/pics/" + e.getKey() + ".png"));
    }
    java.nio.file.Files.writeString(java.nio.file.Path.of("target/walk.txt"), out.toString());
    assertThat(out).isNotEmpty();
  }
}
