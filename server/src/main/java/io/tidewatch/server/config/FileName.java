package io.tidewatch.server.config;

import io.tidewatch.codecs.input.FileReasons;
import io.tidewatch.server.yaml.YamlNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The name of a file that a node gives. */
public final class FileName {
    private FileName() {}

    /** The path of that name; empty, with a complaint at the node, if the system has no such names. */
    public static Optional<Path> read(Setting name, YamlNode node) {
        try {
            return Optional.of(Path.of(name.value()));
        } catch (InvalidPathException e) {
            node.problem("'" + name.shown() + "' " + FileReasons.of(e));
            return Optional.empty();
        }
    }
}
