package io.github.smoothreading.lucene;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.apache.lucene.index.IndexWriter;
import org.junit.jupiter.api.Test;

/** What this module may know, and who of it may write an index. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.smoothreading.lucene");

  @Test
  void knowsTheUserApiAndNoBackend() {
    assertThat(CLASSES).hasSizeGreaterThan(30);
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "io.github.smoothreading.backend..",
                "io.github.smoothreading.state..",
                "ai.djl..",
                "java.net.http.."))
        .check(CLASSES);
  }

  /** A user's index is never opened for writing. */
  @Test
  void onlyTheIndexerKnowsWriters() {
    noClasses()
        .that()
        .doNotHaveSimpleName("LuceneDocumentIndexer")
        .and()
        .doNotHaveSimpleName("OwnIndex")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(IndexWriter.class)
        .check(CLASSES);
  }

  @Test
  void nothingPrints() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
  }

  /** What is public was meant to be. */
  @Test
  void publicTypes() {
    assertThat(CLASSES)
        .filteredOn(
            one -> one.isTopLevelClass() && one.getModifiers().contains(JavaModifier.PUBLIC))
        .extracting(JavaClass::getSimpleName)
        .containsExactlyInAnyOrder(
            "Citation",
            "Embedder",
            "Gathering",
            "GatheringOptions",
            "IndexDescription",
            "IndexingReport",
            "LuceneAnswer",
            "LuceneDocumentIndexer",
            "LuceneIndexException",
            "LuceneReader",
            "LuceneReaderBuilder",
            "Passage",
            "QuestionQuery",
            "ReadingStrategy",
            "Snippet",
            "StoredNumber",
            "StoredText");
  }
}
