package io.github.smoothreading.eval.report;

import io.github.smoothreading.eval.stats.Estimate;
import java.util.Locale;

/** Numbers for people. */
final class Numbers {
  private static final double MIB = 1024.0 * 1024.0;

  private Numbers() {}

  static String format(String format, Object... arguments) {
    return arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments);
  }

  /** A share, in per cent. */
  static String percent(double share) {
    return Double.isNaN(share) ? "" : format("%.1f %%", 100 * share);
  }

  /** A share with its interval, in per cent. */
  static String percent(Estimate share) {
    return Double.isNaN(share.value())
        ? ""
        : format("%.1f %% (%.0f–%.0f)", 100 * share.value(), 100 * share.low(), 100 * share.high());
  }

  static String seconds(double seconds) {
    return seconds < 10 ? format("%.2f s", seconds) : format("%,.1f s", seconds);
  }

  /** Bytes, in MiB; nothing where not measured. */
  static String mebibytes(double bytes) {
    return bytes <= 0 ? "" : format("%,.0f", bytes / MIB);
  }

  /** A length in tokens as it is usually written: 8k, 500. */
  static String length(double tokens) {
    return tokens >= 1024 && tokens % 1024 == 0
        ? format("%.0fk", tokens / 1024)
        : format("%.0f", tokens);
  }
}
