package io.tidewatch.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import io.tidewatch.server.yaml.Problems;
import io.tidewatch.server.yaml.YamlDocument;
import io.tidewatch.server.yaml.YamlNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ConfigurationFuzzTest {
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ": ",
        "- ",
        "\n",
        "  ",
        "\t",
        "'",
        "\"",
        "|",
        ">",
        "&a ",
        "*a",
        "!!int ",
        "!x ",
        "#",
        "? ",
        "null",
        "~",
        "true",
        "-1",
        "9999999999999999999999",
        "1e400",
        ".nan",
        "0x1F",
        "${",
        "$${",
        "${HOME}",
        "5m",
        "\u0000",
        "\uFEFF",
        "\u2028",
        "\uD83D",
        "<<: ",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "follow",
        "generator: ",
        "choice: [1]",
        "pattern: '(?<a'",
        "zone: Mars/X",
        "absent: ",
        "session"
    };

    @Test
    void neverFailsButWithACollectedException() {
        Choices.random("a mutated configuration", 3_000, choices -> {
            String text = mutate(choices, ConfigurationReaderTest.EXAMPLE);
            try {
                new ConfigurationReader(Map.of("LOGS", "/l"))
                        .parse("f", Path.of(""), text.getBytes(UTF_8));
            } catch (TidewatchException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID);
                assertThat(e.getMessage()).startsWith("f, line ");
            }
        });
    }

    @Test
    void readsTheSameValuesAsAPlainLoad() {
        Choices.random("a document read twice", 3_000, choices -> {
            String text = mutate(choices, ConfigurationReaderTest.EXAMPLE);
            Problems problems = new Problems();
            Optional<YamlNode> root = YamlDocument.parse("f", text, problems);
            Object ours = root.map(YamlNode::plain).orElse(null);
            if (root.isPresent() && problems.isEmpty()) {
                assertThat(ours).isEqualTo(normal(plainLoad(text)));
            }
        });
    }

    private static @Nullable Object plainLoad(String text) {
        String document = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build())
                .loadFromString(document);
    }

    private static @Nullable Object normal(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> result = new LinkedHashMap<>();
            map.forEach((key, entry) -> result.put(String.valueOf(key), normal(entry)));
            return result;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> result = new ArrayList<>();
            list.forEach(entry -> result.add(normal(entry)));
            return result;
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        return value instanceof BigInteger number ? new BigDecimal(number) : value;
    }

    static String mutate(Choices choices, String original) {
        StringBuilder text = new StringBuilder(original);
        int changes = choices.upTo(4);
        for (int i = 0; i < changes; i++) {
            int at = choices.upTo(text.length());
            switch (choices.upTo(3)) {
                case 0 -> text.insert(at, choices.of(PIECES));
                case 1 -> text.delete(at, Math.min(text.length(), at + choices.between(1, 12)));
                case 2 -> text.insert(at, original, 0, choices.upTo(original.length() / 4));
                default -> {
                    int from = choices.upTo(text.length());
                    int to = Math.min(text.length(), from + choices.upTo(40));
                    text.insert(at, text.substring(from, to));
                }
            }
        }
        return text.toString();
    }
}
