package io.tidewatch.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the kernel must be, so that every engine can run it. */
class KernelTest {
    private static final String KERNEL = "io.tidewatch.kernel";

    /** Each package uses only itself and those before it. */
    private static final List<String> ORDER = List.of(
            "error",
            "type",
            "batch",
            "expression",
            "time",
            "window",
            "aggregate",
            "state",
            "operator",
            "plan");

    @Test
    void everyKernelPackageHasAPlaceInTheOrder() {
        Set<String> packages = new TreeSet<>();
        kernel().forEach(type -> packages.add(layerOf(type)));
        assertThat(ORDER)
                .as("the order of kernel packages in ARCHITECTURE.md")
                .containsAll(packages);
    }

    @Test
    void kernelPackagesUseOnlyThoseBeforeThem() {
        List<String> violations = kernel().stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(KernelTest::pointsUpwards)
                .map(Dependency::getDescription)
                .distinct()
                .toList();
        assertThat(violations).as("dependencies against the order " + ORDER).isEmpty();
    }

    @Test
    void theKernelHasNoLocks() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(KERNEL + "..", "io.tidewatch.alerting..")
                .should()
                .notHaveModifier(JavaModifier.SYNCHRONIZED)
                .because("law 2: one thread at a time runs this code, and the engine says which")
                .check(Product.CLASSES);
        noFields()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(KERNEL + "..", "io.tidewatch.alerting..")
                .should()
                .haveModifier(JavaModifier.VOLATILE)
                .because("law 2: one thread at a time runs this code, and the engine says which")
                .check(Product.CLASSES);
    }

    @Test
    void nothingIsKeptInStaticFields() {
        fields().that()
                .areStatic()
                .should()
                .beFinal()
                .because(
                        "two pipelines in one process must not meet; keep state in an object that the caller holds")
                .check(Product.CLASSES);
    }

    private static List<JavaClass> kernel() {
        return Product.CLASSES.stream()
                .filter(type -> Product.moduleOf(type).equals(KERNEL))
                .toList();
    }

    private static boolean pointsUpwards(Dependency dependency) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        return Product.moduleOf(target).equals(KERNEL)
                && ORDER.indexOf(layerOf(target))
                        > ORDER.indexOf(layerOf(dependency.getOriginClass()));
    }

    /** The part of the package's name after the kernel's: "batch" for io.tidewatch.kernel.batch.text. */
    private static String layerOf(JavaClass type) {
        String name = type.getPackageName();
        return name.length() <= KERNEL.length()
                ? ""
                : name.substring(KERNEL.length() + 1).replaceFirst("\\..*", "");
    }
}
