package io.github.smoothreading.langchain4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The adapters depend on the user API and on LangChain4j's public core. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.smoothreading.langchain4j");

  @Test
  void scanSawTheModule() {
    assertThat(CLASSES).hasSizeGreaterThan(30);
  }

  @Test
  void adaptersDependOnTheUserApiAlone() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.github.smoothreading.backend..", "io.github.smoothreading.state..")
        .check(CLASSES);
  }

  @Test
  void nothingInternalOfLangChain4jIsUsed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.langchain4j.internal..", "dev.langchain4j.spi..")
        .check(CLASSES);
  }

  @Test
  void nothingButTheJdkLangChain4jAndTheReaderIsUsed() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.xml.sax..",
            "dev.langchain4j..",
            "com.fasterxml.jackson..",
            "io.github.smoothreading..",
            "org.jspecify..")
        .check(CLASSES);
  }

  /** The teacher stands beside the adapters, and is the only one that reads and writes JSON. */
  @Test
  void adaptersKnowNeitherTheTeacherNorJson() {
    noClasses()
        .that()
        .resideInAPackage("io.github.smoothreading.langchain4j")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.github.smoothreading.langchain4j.teacher..", "com.fasterxml.jackson..")
        .check(CLASSES);
  }

  /** What users see; a new public class is a decision. */
  @Test
  void publicClassesAreThese() {
    assertThat(
            CLASSES.stream()
                .filter(
                    type ->
                        type.isTopLevelClass() && type.getModifiers().toString().contains("PUBLIC"))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "BadLineException",
            "ChatModelSummarizer",
            "ChatSettings",
            "DocumentChat",
            "DocumentListener",
            "DocumentReadingTool",
            "HitSettings",
            "PageBreaks",
            "ParentResolver",
            "PassageSettings",
            "PromptFormat",
            "ReaderSettings",
            "ReadingCall",
            "SmoothReadingChatModel",
            "SmoothReadingChatResponseMetadata",
            "SmoothReadingContentAggregator",
            "SmoothReadingContentRetriever",
            "SmoothReadingDocumentSplitter",
            "SmoothReadingDocumentTransformer",
            "SmoothReadingMetadata",
            "SmoothReadingStreamingChatModel",
            "SmoothReadingTeacher",
            "SmoothReadingTokenCountEstimator",
            "TeacherReport",
            "TeacherTask",
            "Teaching",
            "TrainingReading");
  }
}
