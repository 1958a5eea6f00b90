package io.tidewatch.architecture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * House rules for one file of text. A violation is one line: the place, what is wrong, and what to do instead.
 *
 * <p>The banned words are put together from halves here, so that this file keeps its own rules.
 */
final class Tidy {
    static final int LINES_MAX = 600;
    static final int README_LINES_MAX = 150;
    static final int COLUMNS_MAX = 130;
    static final int METHOD_LINES_MAX = 70;

    /** What must not stand in a file whose name matches, and the remedy. */
    private record Ban(String files, Pattern words, String remedy) {
        static Ban of(String files, String words, String remedy) {
            return new Ban(files, Pattern.compile(words), remedy);
        }
    }

    private static final String ALL = ".*";
    private static final String JAVA = ".*\\.java";
    private static final String JAVA_TESTS = ".*/src/test/.*\\.java";

    private static final List<Ban> BANS = List.of(
            Ban.of(
                    ALL,
                    "\\b(TO" + "DO|FIX" + "ME)\\b",
                    "do it now, or describe it where work is planned"),
            Ban.of(
                    ALL,
                    "(^|[^\\w.$}*])/(wo" + "rk/(main|wt|shared)|ro" + "ot/)",
                    "a path of one machine; use a relative one"),
            Ban.of(
                    ALL,
                    "re" + "po1?\\.maven|registry\\.np" + "mjs|py" + "pi\\.org",
                    "package registries are named by the tools' own settings, not here"),
            Ban.of(
                    ALL,
                    "\\b(iss" + "ue|tic" + "ket) #?\\d",
                    "say what it is about; history belongs into the commit"),
            Ban.of("(?!.*/src/test/resources/).*", "\t", "use blanks"),
            Ban.of(
                    "(?!.*/src/test/resources/).*",
                    "[ \t]+$",
                    "remove the blanks at the end of the line"),
            Ban.of(JAVA, "@Dis" + "abled", "fix the test or delete it"),
            Ban.of(JAVA, "@aut" + "hor", "the commit knows"),
            Ban.of(JAVA, "^import .*\\.\\*;", "import each name"),
            Ban.of(JAVA, "Thread\\.sl" + "eep", "wait for a condition, or pass a clock in"),
            Ban.of(JAVA, "\\b(Moc" + "kito|mo" + "ck\\()", "write a small class that does it"),
            Ban.of(JAVA, "\\bsun\\.misc\\b|\\blom" + "bok\\b", "use the platform's public API"),
            Ban.of(
                    JAVA,
                    "@SuppressWarnings\\(\"all\"\\)",
                    "name the one check, at the smallest place, with the reason"),
            Ban.of(JAVA_TESTS, "\\bjqw" + "ik\\b", "use io.tidewatch.generator.Choices"),
            Ban.of(
                    JAVA_TESTS,
                    "void (test[A-Z_]|[a-z]+_)",
                    "a test's name is a sentence: dropsALateEvent"));

    private static final Pattern HEAD = Pattern.compile(
            "^( +)(?!.*->|new |return |else|if |for |while |switch |try |\\}|\\.|\\*)"
                    + "[\\w@<].*\\)( throws [\\w., ]+)? \\{$");

    private static final Pattern TYPE = Pattern.compile("\\b(record|class|interface|enum) ");

    private final String name;
    private final List<String> lines;
    private final List<String> violations = new ArrayList<>();

    private Tidy(Path file, String text) {
        this.name = file.toString().replace('\\', '/');
        this.lines = text.lines().toList();
    }

    /** The violations in one file, whose path is relative to the repository's root. */
    static List<String> violations(Path file, String text) {
        Tidy tidy = new Tidy(file, text);
        tidy.bannedWords();
        tidy.ending(text);
        if (tidy.name.endsWith(".java")) {
            tidy.size(LINES_MAX, "split it by nouns");
            tidy.columns();
            tidy.methods();
        }
        if (tidy.name.endsWith(".md")) {
            tidy.titles();
        }
        if (tidy.name.equals("README.md")) {
            tidy.size(README_LINES_MAX, "move the detail to docs/");
        }
        if (tidy.name.endsWith("package-info.java") && !text.contains("@NullMarked")) {
            tidy.add(
                    0,
                    "a package without @NullMarked",
                    "add it, so that NullAway checks the package");
        }
        return tidy.violations;
    }

    private void bannedWords() {
        for (Ban ban : BANS) {
            if (!name.matches(ban.files)) {
                continue;
            }
            for (int i = 0; i < lines.size(); i++) {
                Matcher found = ban.words.matcher(lines.get(i));
                if (found.find()) {
                    add(i + 1, "'" + found.group().replace("\t", "\\t") + "'", ban.remedy);
                }
            }
        }
    }

    private void ending(String text) {
        if (text.indexOf('\r') >= 0 && !name.contains("/src/test/resources/")) {
            add(0, "carriage returns", "end lines with a newline alone");
        }
        if (!text.isEmpty() && !text.endsWith("\n") && !name.contains("/src/test/resources/")) {
            add(lines.size(), "no newline at the end", "add one");
        }
    }

    private void size(int max, String remedy) {
        if (lines.size() > max) {
            add(0, lines.size() + " lines (expected: <= " + max + ")", remedy);
        }
    }

    private void columns() {
        boolean inTextBlock = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean edge = line.contains("\"\"\"");
            int columns = line.codePointCount(0, line.length());
            if (columns > COLUMNS_MAX && !inTextBlock && !edge && !line.contains("\"")) {
                add(
                        i + 1,
                        columns + " columns (expected: <= " + COLUMNS_MAX + ")",
                        "break the line");
            }
            inTextBlock ^= edge && line.indexOf("\"\"\"") == line.lastIndexOf("\"\"\"");
        }
    }

    /** Finds methods by the formatter's indentation: a head ends with a brace, its end is a brace in the head's column. */
    private void methods() {
        for (int i = 0; i < lines.size(); i++) {
            Matcher head = HEAD.matcher(lines.get(i));
            if (!head.matches()) {
                continue;
            }
            int start = statement(i);
            int end = lines.subList(i, lines.size()).indexOf(indentation(start) + "}");
            if (TYPE.matcher(lines.get(start)).find() || isTable(i, indentation(start))) {
                continue;
            }
            if (end > METHOD_LINES_MAX) {
                String length = String.format(
                        Locale.ROOT, "%d lines (expected: <= %d)", end, METHOD_LINES_MAX);
                add(i + 1, "a method of " + length, "give its parts names");
            }
        }
    }

    /** Whether the method is little more than one long expression that it returns, such as a list. */
    private boolean isTable(int head, String indentation) {
        List<String> statements = lines.subList(head + 1, lines.size()).stream()
                .takeWhile(line -> !line.equals(indentation + "}"))
                .filter(line -> line.startsWith(indentation + "    ")
                        && line.charAt(indentation.length() + 4) != ' ')
                .map(String::strip)
                .filter(line -> !line.startsWith(")"))
                .toList();
        return statements.size() <= 3
                && statements.stream().anyMatch(line -> line.startsWith("return "))
                && statements.stream().noneMatch(line -> line.endsWith("{"));
    }

    /** The line in which the statement begins that ends in this line: parameters may stand in lines of their own. */
    private int statement(int line) {
        int start = line;
        int open = 0;
        do {
            String text = lines.get(start);
            open += (int) text.chars().filter(c -> c == ')').count();
            open -= (int) text.chars().filter(c -> c == '(').count();
            start--;
        } while (open > 0 && start >= 0);
        return start + 1;
    }

    private String indentation(int line) {
        String text = lines.get(line);
        return text.substring(0, text.length() - text.stripLeading().length());
    }

    private void titles() {
        boolean inCode = false;
        int titles = 0;
        for (String line : lines) {
            inCode ^= line.startsWith("```");
            titles += !inCode && line.startsWith("# ") ? 1 : 0;
        }
        if (titles != 1) {
            add(
                    1,
                    titles + " titles (expected: 1)",
                    "begin with one line '# Title', and use '## ' below it");
        }
    }

    private void add(int line, String what, String remedy) {
        violations.add(name + (line > 0 ? ":" + line : "") + ": " + what + "; " + remedy);
    }
}
