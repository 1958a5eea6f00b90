package io.tidewatch.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The recorded bits of two runs, file by file. */
final class BitsFolders {
    private BitsFolders() {}

    /** Number of files with recorded bits. */
    static int count(Path folder) throws IOException {
        return files(folder).size();
    }

    /** One sentence for each file that is not the same in both folders; empty when all are equal. */
    static List<String> differences(Path one, Path other) throws IOException {
        Set<Path> names = files(one);
        names.addAll(files(other));
        List<String> differences = new ArrayList<>();
        for (Path name : names) {
            Path left = one.resolve(name);
            Path right = other.resolve(name);
            if (!Files.exists(left)) {
                differences.add(name + ": only in " + other);
            } else if (!Files.exists(right)) {
                differences.add(name + ": only in " + one);
            } else if (Files.mismatch(left, right) >= 0) {
                differences.add(name + ": "
                        + firstDifference(Files.readAllLines(left), Files.readAllLines(right)));
            }
        }
        return differences;
    }

    private static String firstDifference(List<String> left, List<String> right) {
        int line = 0;
        while (line < left.size()
                && line < right.size()
                && left.get(line).equals(right.get(line))) {
            line++;
        }
        String before = line < left.size() ? left.get(line) : "(end)";
        String after = line < right.size() ? right.get(line) : "(end)";
        return "record " + (line + 1) + " is '" + before + "' in one run and '" + after
                + "' in the other";
    }

    private static Set<Path> files(Path folder) throws IOException {
        Set<Path> names = new TreeSet<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.filter(Files::isRegularFile).map(folder::relativize).forEach(names::add);
            }
        }
        return names;
    }
}
