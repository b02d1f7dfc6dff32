package io.github.smoothreading.examples.ask;

import io.github.smoothreading.StopPolicy;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The stop policies by name: {@code model}, {@code verified}, {@code never}, or a probability. */
final class StopChoice implements ITypeConverter<StopPolicy> {
  @Override
  public StopPolicy convert(String value) {
    return switch (value) {
      case "model" -> StopPolicy.whenModelSays();
      case "verified" -> StopPolicy.whenModelSays().onlyWithVerifiedClues();
      case "never" -> StopPolicy.never();
      default -> atProbability(value);
    };
  }

  private static StopPolicy atProbability(String value) {
    try {
      return StopPolicy.atProbability(Double.parseDouble(value));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "'%s' is none of model, verified, never, or a probability from 0 to 1".formatted(value));
    }
  }
}
