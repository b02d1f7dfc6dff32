package io.github.smoothreading.examples.ask;

import io.github.smoothreading.summary.ReadingMode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The reading modes by name: {@code kept}, {@code dropped}, {@code one-round}. */
final class ModeChoice implements ITypeConverter<ReadingMode> {
  @Override
  public ReadingMode convert(String value) {
    return switch (value) {
      case "kept" -> ReadingMode.KEPT;
      case "dropped" -> ReadingMode.DROPPED;
      case "one-round" -> ReadingMode.ONE_ROUND;
      default ->
          throw new TypeConversionException(
              "'%s' is none of kept, dropped, one-round".formatted(value));
    };
  }
}
