package io.github.smoothreading.lucene;

import java.util.List;

/**
 * What an index holds and how it will be used; {@link #toString()} is a page to read.
 *
 * @param index how messages name it
 * @param createdBy the Lucene that made it
 * @param documents Lucene documents that are not deleted
 * @param deleted deleted ones that are not merged away yet
 * @param segments its parts
 * @param fields its fields, by name
 * @param uses one line for each role: what fills it
 * @param warnings what will limit the reading, and what to do
 */
public record IndexDescription(
    String index,
    String createdBy,
    int documents,
    int deleted,
    int segments,
    List<Field> fields,
    List<Use> uses,
    List<String> warnings) {
  public IndexDescription {
    fields = List.copyOf(fields);
    uses = List.copyOf(uses);
    warnings = List.copyOf(warnings);
  }

  /**
   * A field.
   *
   * @param name its name
   * @param indexed what its postings hold; empty if it is not indexed
   * @param others doc values, points and vectors it has; may be empty
   * @param storedShare share of sampled documents that store it, 0 to 1
   * @param storedChars mean length of the stored strings, in UTF-16 code units; 0 for numbers
   */
  public record Field(
      String name, String indexed, String others, double storedShare, long storedChars) {}

  /**
   * A role and what fills it.
   *
   * @param role such as {@code text}
   * @param by such as a field's name
   */
  public record Use(String role, String by) {}

  @Override
  public String toString() {
    StringBuilder page = new StringBuilder();
    page.append(
        "Index %s: %,d Lucene documents (%,d deleted) in %d segments, made by %s%n"
            .formatted(index, documents, deleted, segments, createdBy));
    page.append("Fields%n".formatted());
    int width = fields.stream().mapToInt(field -> field.name().length()).max().orElse(0);
    for (Field field : fields) {
      String stored =
          field.storedShare() == 0
              ? "not stored"
              : "stored in %.0f %%".formatted(100 * field.storedShare())
                  + (field.storedChars() > 0
                      ? ", about %,d characters".formatted(field.storedChars())
                      : "");
      page.append("  %s  ".formatted(pad(field.name(), width)));
      page.append(field.indexed().isEmpty() ? "not indexed" : "indexed: " + field.indexed());
      page.append(field.others().isEmpty() ? "; " : "; " + field.others() + "; ");
      page.append(stored).append(System.lineSeparator());
    }
    page.append("Used as%n".formatted());
    int roles = uses.stream().mapToInt(use -> use.role().length()).max().orElse(0);
    uses.forEach(use -> page.append("  %s  %s%n".formatted(pad(use.role(), roles), use.by())));
    warnings.forEach(warning -> page.append("Note: %s%n".formatted(warning)));
    return page.toString();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
