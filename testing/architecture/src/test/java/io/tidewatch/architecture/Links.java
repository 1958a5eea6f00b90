package io.tidewatch.architecture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Links between the Markdown files of a folder: each must lead to a file, and to a heading in it. */
final class Links {
    private static final Pattern LINK =
            Pattern.compile("\\[[^\\]]*\\]\\(<?([^)>\\s]+)>?(?: \"[^\"]*\")?\\)");
    private static final Pattern HEADING = Pattern.compile("#{1,6} (.*)");

    private final Path root;
    private final Map<Path, String> documents;

    /** {@code documents}: text by path relative to {@code root}. */
    Links(Path root, Map<Path, String> documents) {
        this.root = root;
        this.documents = new HashMap<>(documents);
    }

    List<String> violations() {
        List<String> violations = new ArrayList<>();
        new TreeSet<>(documents.keySet()).forEach(file -> check(file, violations));
        return violations;
    }

    private void check(Path file, List<String> violations) {
        int number = 0;
        boolean inCode = false;
        for (String line : textOf(file).lines().toList()) {
            number++;
            inCode ^= line.strip().startsWith("```");
            Matcher link = LINK.matcher(inCode ? "" : line.replaceAll("`[^`]*`", ""));
            while (link.find()) {
                String fault = fault(file, link.group(1));
                if (!fault.isEmpty()) {
                    violations.add(
                            file + ":" + number + ": link to " + link.group(1) + ": " + fault);
                }
            }
        }
    }

    private String fault(Path file, String target) {
        if (target.matches("[a-z]+:.*")) {
            return "";
        }
        int hash = target.indexOf('#');
        String path = hash < 0 ? target : target.substring(0, hash);
        Path folder = file.getParent() == null ? Path.of("") : file.getParent();
        Path aim = path.isEmpty() ? file : folder.resolve(path).normalize();
        if (aim.startsWith("..")) {
            return "outside of the repository; name the file in words";
        }
        if (!documents.containsKey(aim) && !Files.exists(root.resolve(aim))) {
            return "no such file; correct the path or write the file";
        }
        if (hash >= 0
                && documents.containsKey(aim)
                && !anchors(textOf(aim)).contains(target.substring(hash + 1))) {
            return "no such heading; there are " + anchors(textOf(aim));
        }
        return "";
    }

    private String textOf(Path file) {
        return documents.getOrDefault(file, "");
    }

    /** Headings as the anchors that renderers make of them. */
    private static Set<String> anchors(String text) {
        Set<String> anchors = new TreeSet<>();
        text.lines().map(HEADING::matcher).filter(Matcher::matches).forEach(heading -> {
            String words = heading.group(1).strip().toLowerCase(Locale.ROOT);
            anchors.add(words.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
        });
        return anchors;
    }
}
