package io.tidewatch.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who may use whom: the module table of ARCHITECTURE.md. */
class ModulesTest {
    private static final String[] PLATFORM = {"java..", "org.jspecify.annotations.."};
    private static final String KERNEL = "io.tidewatch.kernel..";
    private static final String ALERTING = "io.tidewatch.alerting..";

    /** A rule over nothing passes: so every source file must have been scanned. */
    @Test
    void everySourceFileIsScanned() {
        Set<String> scanned =
                Product.CLASSES.stream().map(JavaClass::getFullName).collect(Collectors.toSet());
        List<String> sources = new ArrayList<>();
        Product.MODULES
                .values()
                .forEach(folder -> sources.addAll(classesIn(Path.of(folder, "src/main/java"))));
        assertThat(sources).hasSizeGreaterThan(20);
        assertThat(scanned).containsAll(sources);
    }

    @Test
    void theKernelStandsAlone() {
        onlyUses(KERNEL);
    }

    @Test
    void theLogUsesTheKernelAndAloneCompresses() {
        onlyUses("io.tidewatch.log..", KERNEL, "com.github.luben.zstd..");
    }

    @Test
    void onlyTheServerAndConnectorsUseTheLog() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.tidewatch.log..", "io.tidewatch.server..", "io.tidewatch.connectors..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.tidewatch.log..")
                .because(
                        "an engine is given records, and gives updates; the server appends and reads them")
                .check(Product.CLASSES);
    }

    @Test
    void alertingUsesTheKernel() {
        onlyUses(ALERTING, KERNEL);
    }

    @Test
    void codecsUseTheKernel() {
        onlyUses("io.tidewatch.codecs..", KERNEL, "com.google.re2j..");
    }

    @Test
    void sqlUsesTheKernelAndAloneUsesCalcite() {
        onlyUses(
                "io.tidewatch.sql..",
                KERNEL,
                "org.apache.calcite..",
                "com.google.common.collect..",
                "com.google.re2j..");
    }

    @Test
    void anEngineUsesTheKernelAndAlerting() {
        onlyUses("io.tidewatch.engine.embedded..", KERNEL, ALERTING);
    }

    @Test
    void theServerWiresAndAloneKnowsTheCommandLineYamlAndTheMachine() {
        onlyUses(
                "io.tidewatch.server..",
                "io.tidewatch..",
                "picocli..",
                "org.snakeyaml.engine..",
                "oshi..",
                "com.fasterxml.jackson.core..");
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("io.tidewatch.(**)").should().beFreeOfCycles().check(Product.CLASSES);
    }

    private static void onlyUses(String module, String... others) {
        Set<String> allowed = new TreeSet<>(List.of(PLATFORM));
        allowed.add(module);
        allowed.addAll(List.of(others));
        classes()
                .that()
                .resideInAPackage(module)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .because(
                        "the module table of ARCHITECTURE.md says so; move the code, or pass what it needs as an argument")
                .allowEmptyShould(true)
                .check(Product.CLASSES);
    }

    private static List<String> classesIn(Path folder) {
        return Repository.files().stream()
                .filter(file -> file.startsWith(folder) && file.toString().endsWith(".java"))
                .filter(file -> !file.endsWith("package-info.java"))
                .map(file -> folder.relativize(file).toString())
                .map(name -> name.substring(0, name.length() - ".java".length()).replace('/', '.'))
                .toList();
    }
}
