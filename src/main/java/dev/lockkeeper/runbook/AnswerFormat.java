package dev.lockkeeper.runbook;

import dev.lockkeeper.snapshot.HostLookup;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** How an answer must look. Times are the operator's local ones; they are kept as instants. */
public enum AnswerFormat {
  /** A few words. */
  TEXT("a few words") {
    @Override
    public Optional<String> read(String typed, Instant now, ZoneId zone) {
      return typed.isBlank() ? Optional.empty() : Optional.of(typed.strip());
    }
  },
  /** A version of Coder. */
  VERSION("a version of Coder, such as v2.29.3") {
    @Override
    public Optional<String> read(String typed, Instant now, ZoneId zone) {
      String text = typed.strip();
      return text.matches("v?\\d{1,4}\\.\\d{1,4}\\.\\d{1,4}(-[A-Za-z0-9.]{1,20})?")
          ? Optional.of(text.startsWith("v") ? text : "v" + text)
          : Optional.empty();
    }
  },
  /** A whole number. */
  NUMBER("a whole number") {
    @Override
    public Optional<String> read(String typed, Instant now, ZoneId zone) {
      return Optional.of(typed.strip()).filter(text -> text.matches("\\d{1,9}"));
    }
  },
  /** An amount of memory, as Kubernetes writes it. */
  MEMORY("an amount of memory with its unit: Mi, Gi, M or G") {
    @Override
    public Optional<String> read(String typed, Instant now, ZoneId zone) {
      return Optional.of(typed.strip())
          .filter(text -> text.matches("\\d{1,9}(\\.\\d{1,3})?(Mi|Gi|M|G)"));
    }
  },
  /** A host, with or without the rest of its URL; the host alone is kept. */
  HOST("a host, such as coder.example.com") {
    @Override
    public Optional<String> read(String typed, Instant now, ZoneId zone) {
      return HostLookup.host(typed);
    }
  },
  /** A moment that has passed. */
  PAST_TIME("a time that has passed: HH:MM or YYYY-MM-DD HH:MM") {
    @Override
    public Optional<String> read(String typed, Instant now, ZoneId zone) {
      return nearest(typed, now, zone, -1)
          .filter(time -> !time.isAfter(now))
          .map(Instant::toString);
    }
  },
  /** A moment after another one, at most a day later when no date is given. */
  LATER_TIME("a later time, which has not passed: HH:MM or YYYY-MM-DD HH:MM") {
    @Override
    public Optional<String> read(String typed, Instant from, ZoneId zone) {
      return nearest(typed, from, zone, 1)
          .filter(time -> time.isAfter(from))
          .map(Instant::toString);
    }
  },
  /** A moment about now or later. */
  TIME("a time: HH:MM or YYYY-MM-DD HH:MM") {
    @Override
    public Optional<String> read(String typed, Instant now, ZoneId zone) {
      return nearest(typed, now, zone, 0).map(Instant::toString);
    }
  };

  /** {@code HH:MM}. */
  private static final int CLOCK = 5;

  private static final DateTimeFormatter DATED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private final String description;

  AnswerFormat(String description) {
    this.description = description;
  }

  /** What to say when an answer does not fit. */
  public String description() {
    return description;
  }

  /** Whether the date is told with the time. */
  public boolean dated(String typed) {
    return typed.strip().length() > CLOCK;
  }

  /** Whether it is a moment, which means something only in a time zone. */
  public boolean moment() {
    return switch (this) {
      case TEXT, VERSION, NUMBER, MEMORY, HOST -> false;
      case PAST_TIME, LATER_TIME, TIME -> true;
    };
  }

  /** An answer that was kept, as somebody would type it here and now. */
  public String typed(String value, ZoneId zone) {
    return moment() ? DATED.format(Instant.parse(value).atZone(zone)) : value;
  }

  /** The answer in the form in which it is kept, or empty when it does not fit. */
  public abstract Optional<String> read(String typed, Instant now, ZoneId zone);

  /**
   * The moment that is meant. A time without a date is the one nearest to now; with a negative
   * direction, the last one before it; with a positive one, the first one after it.
   */
  private static Optional<Instant> nearest(String typed, Instant now, ZoneId zone, int direction) {
    String text = typed.strip();
    try {
      if (text.length() > CLOCK) {
        return Optional.of(LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant());
      }
      LocalDate today = LocalDate.ofInstant(now, zone);
      LocalTime time = LocalTime.parse(text.length() == 4 ? "0" + text : text);
      Instant moment = time.atDate(today).atZone(zone).toInstant();
      if (direction < 0) {
        return Optional.of(moment.isAfter(now) ? moment.minus(1, ChronoUnit.DAYS) : moment);
      }
      if (direction > 0) {
        return Optional.of(moment.isAfter(now) ? moment : moment.plus(1, ChronoUnit.DAYS));
      }
      long hours = ChronoUnit.HOURS.between(now, moment);
      return Optional.of(
          hours > 12
              ? moment.minus(1, ChronoUnit.DAYS)
              : hours < -12 ? moment.plus(1, ChronoUnit.DAYS) : moment);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
