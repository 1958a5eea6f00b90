package io.tidewatch.server.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Enum constants as files write them: in lower case. */
final class Words {
    private Words() {}

    static <E extends Enum<E>> Optional<E> parse(YamlNode node, Class<E> type, String text) {
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String word = constant.name().toLowerCase(Locale.ROOT);
            if (word.equals(text)) {
                return Optional.of(constant);
            }
            words.add(word);
        }
        node.problem("'" + text + "' (expected: " + String.join(", ", words) + ")"
                + Suggestion.nearest(text, words)
                        .map(nearest -> "; did you mean '" + nearest + "'?")
                        .orElse(""));
        return Optional.empty();
    }
}
