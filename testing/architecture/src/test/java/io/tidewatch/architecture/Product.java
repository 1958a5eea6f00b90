package io.tidewatch.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.TreeMap;

/** The classes of the product: those of each module that {@code ./tidewatch} runs. */
final class Product {
    /** Package of each module, and the module's folder. */
    static final Map<String, String> MODULES = new TreeMap<>(Map.of(
            "io.tidewatch.kernel", "kernel",
            "io.tidewatch.log", "log",
            "io.tidewatch.alerting", "alerting",
            "io.tidewatch.codecs", "codecs",
            "io.tidewatch.sql", "sql",
            "io.tidewatch.engine.embedded", "engines/embedded",
            "io.tidewatch.server", "server"));

    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(MODULES.keySet());

    private Product() {}

    /** The module's package that the class belongs to, or "" for a class of others. */
    static String moduleOf(JavaClass type) {
        return MODULES.keySet().stream()
                .filter(module -> type.getPackageName().equals(module)
                        || type.getPackageName().startsWith(module + "."))
                .findFirst()
                .orElse("");
    }
}
