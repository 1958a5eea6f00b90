package io.tidewatch.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How classes of the product are written. */
class CraftTest {
    /** Exceptions of the platform that the product may make; its own and a library's own (at its port) come on top. */
    private static final Set<String> EXCEPTIONS = Set.of(
            "java.lang.ArithmeticException",
            "java.lang.AssertionError",
            "java.lang.IllegalArgumentException",
            "java.lang.IllegalStateException",
            "java.lang.IndexOutOfBoundsException",
            "java.lang.UnsupportedOperationException",
            "java.io.EOFException",
            "java.io.IOException",
            "java.io.UncheckedIOException",
            "java.util.NoSuchElementException",
            // What javac puts into a switch over a sealed type or an enum.
            "java.lang.MatchException",
            "java.lang.IncompatibleClassChangeError",
            "java.lang.NoSuchFieldError");

    @Test
    void exceptionsTellWhoseFaultItIs() {
        List<String> violations = calls().stream()
                .filter(call -> call.getTargetOwner().isAssignableTo(Throwable.class))
                .filter(call -> !isSuperCall(call))
                .filter(call -> call.getTargetOwner().getPackageName().startsWith("java"))
                .filter(call -> !EXCEPTIONS.contains(call.getTargetOwner().getFullName()))
                .map(JavaConstructorCall::getDescription)
                .toList();
        assertThat(violations)
                .as("throw TidewatchException with an ErrorCode, or for a caller's mistake one of "
                        + EXCEPTIONS)
                .isEmpty();
    }

    @Test
    void onlyTheServerWritesToTheTerminal() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.tidewatch.server..")
                .should()
                .accessClassesThat()
                .areAssignableTo(java.io.PrintStream.class)
                .because("what there is to say is returned; the command line prints it")
                .check(Product.CLASSES);
    }

    @Test
    void namesAreNounsOfTheDomain() {
        classes()
                .should()
                .haveSimpleNameNotEndingWith("Util")
                .andShould()
                .haveSimpleNameNotEndingWith("Utils")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper")
                .andShould()
                .haveSimpleNameNotEndingWith("Manager")
                .andShould()
                .haveSimpleNameNotEndingWith("Impl")
                .because(
                        "such a name does not say what the thing is; see docs/glossary.md for names that do")
                .check(Product.CLASSES);
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..", "..utils..", "..common..", "..helper..", "..impl..", "..misc..")
                .because("a package is one noun; see docs/glossary.md")
                .check(Product.CLASSES);
    }

    @Test
    void accessorsAreNamedAfterWhatTheyGive() {
        List<String> violations = new ArrayList<>();
        for (JavaClass type : Product.CLASSES) {
            for (JavaMethod method : type.getMethods()) {
                if (isGetterOrSetter(method)
                        && !isSynthetic(method)
                        && !overridesOthers(type, method)) {
                    violations.add(method.getFullName());
                }
            }
        }
        assertThat(violations)
                .as("methods with get or set: rowCount(), not getRowCount()")
                .isEmpty();
    }

    @Test
    void utilityClassesCannotBeMade() {
        List<String> violations = Product.CLASSES.stream()
                .filter(CraftTest::hasOnlyStaticMembers)
                .filter(type -> type.getConstructors().stream()
                        .anyMatch(constructor ->
                                !constructor.getModifiers().contains(JavaModifier.PRIVATE)))
                .map(JavaClass::getFullName)
                .toList();
        assertThat(violations)
                .as("classes with only static methods: give them a private constructor")
                .isEmpty();
    }

    private static List<JavaConstructorCall> calls() {
        return Product.CLASSES.stream()
                .flatMap(type -> type.getConstructorCallsFromSelf().stream())
                .toList();
    }

    private static boolean isSuperCall(JavaConstructorCall call) {
        return call.getOrigin().isConstructor()
                && call.getOriginOwner().isAssignableTo(Throwable.class);
    }

    private static boolean isGetterOrSetter(JavaMethod method) {
        int parameters = method.getParameters().size();
        return method.getName().matches("get[A-Z].*")
                || (parameters == 1 && method.getName().matches("set[A-Z].*"));
    }

    private static boolean isSynthetic(JavaMethod method) {
        return method.getModifiers().contains(JavaModifier.SYNTHETIC)
                || method.getModifiers().contains(JavaModifier.BRIDGE);
    }

    /** Whether a library's supertype declares the method, so that its name is not ours to choose. */
    private static boolean overridesOthers(JavaClass type, JavaMethod method) {
        int parameters = method.getParameters().size();
        List<JavaClass> supertypes = new ArrayList<>(type.getAllRawSuperclasses());
        supertypes.addAll(type.getAllRawInterfaces());
        return supertypes.stream()
                .filter(supertype -> Product.moduleOf(supertype).isEmpty())
                .flatMap(supertype -> supertype.getMethods().stream())
                .anyMatch(other -> other.getName().equals(method.getName())
                        && other.getParameters().size() == parameters);
    }

    private static boolean hasOnlyStaticMembers(JavaClass type) {
        return !type.isInterface()
                && !type.isEnum()
                && !type.isRecord()
                && !type.isAnonymousClass()
                && !type.getMethods().isEmpty()
                && type.getMethods().stream()
                        .allMatch(method -> method.getModifiers().contains(JavaModifier.STATIC))
                && type.getFields().stream()
                        .allMatch(field -> field.getModifiers().contains(JavaModifier.STATIC))
                && type.getAllRawSuperclasses().size() <= 1
                && type.getAllRawInterfaces().isEmpty();
    }
}
