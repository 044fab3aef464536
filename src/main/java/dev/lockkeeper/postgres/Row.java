package dev.lockkeeper.postgres;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One row of an answer, by column name. NULL is an empty Optional; asked for as a plain value it
 * becomes the empty text, 0 or false.
 */
record Row(Map<String, String> values) {
  static List<Row> all(ResultSet answer) throws SQLException {
    ResultSetMetaData columns = answer.getMetaData();
    List<Row> rows = new ArrayList<>();
    while (answer.next()) {
      Map<String, String> values = new HashMap<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        String value = answer.getString(i);
        if (value != null) {
          values.put(columns.getColumnLabel(i), value);
        }
      }
      rows.add(new Row(values));
    }
    return rows;
  }

  Optional<String> optional(String column) {
    return Optional.ofNullable(values.get(column));
  }

  String text(String column) {
    return values.getOrDefault(column, "");
  }

  boolean flag(String column) {
    return text(column).equals("t") || text(column).equals("on");
  }

  Optional<Integer> optionalNumber(String column) {
    return optional(column).map(Integer::valueOf);
  }

  int number(String column) {
    return optionalNumber(column).orElse(0);
  }

  long bigNumber(String column) {
    return optional(column).map(Long::valueOf).orElse(0L);
  }

  /** An array of numbers, NULLs as empty. */
  List<Optional<String>> list(String column) {
    String inside = text(column).replaceAll("[{}]", "");
    return inside.isEmpty()
        ? List.of()
        : Arrays.stream(inside.split(","))
            .map(each -> Optional.of(each).filter(text -> !text.equals("NULL")))
            .collect(Collectors.toList());
  }

  /** A column of seconds. The server's clock may be set back: never negative. */
  Optional<Duration> optionalSeconds(String column) {
    return optional(column)
        .map(text -> new BigDecimal(text).movePointRight(3).longValue())
        .map(millis -> Duration.ofMillis(Math.max(0, millis)));
  }

  Duration seconds(String column) {
    return optionalSeconds(column).orElse(Duration.ZERO);
  }
}
