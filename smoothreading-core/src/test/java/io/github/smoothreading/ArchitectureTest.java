package io.github.smoothreading;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The arrows between the packages: user API to loop to service provider interface, and from the
 * backends to it.
 */
class ArchitectureTest {
  private static final String ROOT = "io.github.smoothreading";
  private static final String OURS = ROOT + "..";
  private static final String BACKEND = ROOT + ".backend";
  private static final String DJL = BACKEND + ".djl..";

  private static JavaClasses classes;

  @BeforeAll
  static void readClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
  }

  /** A wrong path would leave every rule below without anything to look at. */
  @Test
  void scanSawTheCore() {
    assertThat(classes).hasSizeGreaterThan(40);
    assertThat(packageNames())
        .contains(
            ROOT, ROOT + ".text", ROOT + ".summary", ROOT + ".state", BACKEND, BACKEND + ".djl");
  }

  @Test
  void everyPackageIsNullMarked() {
    List<String> unmarked =
        packages().stream()
            .filter(p -> !p.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList();
    assertThat(unmarked).as("packages without @NullMarked in their package-info.java").isEmpty();
  }

  @Test
  void textStandsAlone() {
    dependOnOnly(ROOT + ".text..", ROOT + ".text..");
  }

  @Test
  void stateKnowsNeitherLoopNorBackends() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".state..")
        .should()
        .dependOnClassesThat(resideInAPackage(ROOT).or(resideInAPackage(DJL)))
        .check(classes);
  }

  @Test
  void summaryKnowsNeitherReaderNorBackends() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".summary..")
        .should()
        .dependOnClassesThat(resideInAPackage(ROOT).or(resideInAPackage(DJL)))
        .check(classes);
  }

  @Test
  void backendInterfaceKnowsNeitherReaderNorRoundsNorBackends() {
    noClasses()
        .that()
        .resideInAPackage(BACKEND)
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT)
                .or(resideInAPackage(ROOT + ".summary.."))
                .or(resideInAPackage(DJL)))
        .check(classes);
  }

  @Test
  void backendsKnowTheInterfaceAlone() {
    noClasses()
        .that()
        .resideInAPackage(DJL)
        .should()
        .dependOnClassesThat(resideInAPackage(ROOT).or(resideInAPackage(ROOT + ".summary..")))
        .check(classes);
  }

  /** Backends are found through the service loader, so nothing may name them. */
  @Test
  void nothingNamesABackend() {
    noClasses()
        .that(resideInAPackage(OURS).and(resideOutsideOfPackage(DJL)))
        .should()
        .dependOnClassesThat(resideInAPackage(DJL))
        .check(classes);
  }

  @Test
  void onlyTheDjlBackendKnowsDjl() {
    noClasses()
        .that(resideOutsideOfPackage(DJL))
        .should()
        .dependOnClassesThat(resideInAPackage("ai.djl.."))
        .check(classes);
  }

  @Test
  void nothingReachesTheNetwork() {
    noClasses()
        .should()
        .dependOnClassesThat(resideInAPackage("java.net.http.."))
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.Socket")
        .check(classes);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("(" + ROOT + "..)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void nothingPrints() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(classes);
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(classes);
    noClasses().should().dependOnClassesThat(resideInAPackage("org.slf4j..")).check(classes);
  }

  private static void dependOnOnly(String from, String to) {
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat(resideInAPackage(OURS).and(resideOutsideOfPackages(to)))
        .check(classes);
  }

  private static List<JavaPackage> packages() {
    return classes.stream()
        .filter(c -> c.getPackageName().startsWith(ROOT))
        .map(JavaClass::getPackage)
        .distinct()
        .toList();
  }

  private static TreeSet<String> packageNames() {
    return packages().stream()
        .map(JavaPackage::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
