package io.tidewatch.server.config;

import io.tidewatch.server.yaml.Suggestion;
import io.tidewatch.server.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/** Replaces <code>${NAME}</code> by variables of the environment; <code>$${</code> stands for <code>${</code>. */
final class Variables {
    private final Map<String, String> environment;

    Variables(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The text of a value with its variables replaced; a complaint for a variable that is not set. */
    Optional<Setting> read(YamlNode node) {
        Optional<String> text = node.string();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder value = new StringBuilder();
        boolean complete = replace(text.get(), value, node);
        return complete ? Optional.of(new Setting(value.toString(), text.get())) : Optional.empty();
    }

    /** As {@link #read}, of the name of a file. */
    Optional<Setting> path(YamlNode node) {
        return read(node).filter(name -> FileName.read(name, node).isPresent());
    }

    private boolean replace(String text, StringBuilder value, YamlNode node) {
        boolean complete = true;
        int index = 0;
        while (index < text.length()) {
            if (text.startsWith("$${", index)) {
                value.append("${");
                index += 3;
            } else if (text.startsWith("${", index)) {
                int end = text.indexOf('}', index);
                if (end < 0) {
                    node.problem("'${' without '}' (write '$${' for the characters themselves)");
                    return false;
                }
                complete &= append(text.substring(index + 2, end), value, node);
                index = end + 1;
            } else {
                value.append(text.charAt(index++));
            }
        }
        return complete;
    }

    private boolean append(String name, StringBuilder value, YamlNode node) {
        String found = environment.get(name);
        if (found == null) {
            String hint = Suggestion.nearest(name, environment.keySet())
                    .map(nearest -> "; did you mean '" + nearest + "'?")
                    .orElse("");
            node.problem("the environment has no variable '" + name + "'" + hint);
            return false;
        }
        value.append(found);
        return true;
    }
}
