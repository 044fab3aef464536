package dev.lockkeeper.practice.apiserver;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The bytes in which certificates are written: the Distinguished Encoding Rules of X.690. */
final class Der {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return tagged(0x30, parts);
  }

  static byte[] set(byte[]... parts) {
    return tagged(0x31, parts);
  }

  static byte[] number(long value) {
    return tagged(0x02, BigInteger.valueOf(value).toByteArray());
  }

  static byte[] yes() {
    return tagged(0x01, new byte[] {(byte) 0xFF});
  }

  static byte[] text(String text) {
    return tagged(0x0C, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] octets(byte[] value) {
    return tagged(0x04, value);
  }

  /** Whole bytes of bits. */
  static byte[] bits(byte[] value) {
    return tagged(0x03, new byte[] {0}, value);
  }

  /** A moment, in the form that has four digits for the year, which years from 2050 on ask for. */
  static byte[] time(Instant moment) {
    boolean late = moment.atZone(ZoneOffset.UTC).getYear() >= 2050;
    String text = TIME.format(moment);
    return tagged(
        late ? 0x18 : 0x17, (late ? text : text.substring(2)).getBytes(StandardCharsets.US_ASCII));
  }

  /** An object identifier such as {@code 2.5.4.3}. */
  static byte[] identifier(String dotted) {
    String[] arcs = dotted.split("\\.");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      base128(bytes, Integer.parseInt(arcs[i]));
    }
    return tagged(0x06, bytes.toByteArray());
  }

  /** Seven bits a byte; all but the last have the eighth set. */
  private static void base128(ByteArrayOutputStream bytes, int arc) {
    for (int shift = 28; shift > 0; shift -= 7) {
      if (arc >>> shift != 0) {
        bytes.write(arc >>> shift & 0x7F | 0x80);
      }
    }
    bytes.write(arc & 0x7F);
  }

  /** Something whole behind a tag of the context. */
  static byte[] context(int tag, byte[] value) {
    return tagged(0xA0 | tag, value);
  }

  /** Bare bytes behind a tag of the context. */
  static byte[] implicit(int tag, byte[] value) {
    return tagged(0x80 | tag, value);
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(tag);
    if (length >= 0x100) {
      bytes.write(0x82);
      bytes.write(length >>> 8);
    } else if (length >= 0x80) {
      bytes.write(0x81);
    }
    bytes.write(length);
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
