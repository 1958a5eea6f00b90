package io.tidewatch.server.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.generator.Choices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.NonPrintableStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * What SnakeYAML writes, in any of its styles, is read as what it was: blocks, folded and literal texts, quotes, aliases. U+2028
 * is not asked for: the reader refuses its short escape, with its place.
 */
class YamlBlockFuzzTest {
    private static final YamlPieces PIECES =
            YamlPieces.and("SELECT k, COUNT(*)", "\n\n", "\n  ", "yes", "012", "1_0", "---");

    @Test
    void readsWhatAnotherWrites() {
        Choices.random("a configuration in blocks", 3_000, choices -> {
            List<Object> shared = new ArrayList<>();
            Object tree = map(choices, 4, shared);
            String text = yaml(choices).dump(tree);
            Problems problems = new Problems();
            Optional<YamlNode> root = YamlDocument.parse("f", text.getBytes(UTF_8), problems);
            assertThat(problems.inOrder()).as("problems of " + text).isEmpty();
            assertThat(root.map(YamlNode::plain)).as(text).contains(tree);
        });
    }

    private static Yaml yaml(Choices choices) {
        DumperOptions options = options(choices);
        ScalarStyle style = choices.of(
                ScalarStyle.PLAIN,
                ScalarStyle.SINGLE_QUOTED,
                ScalarStyle.DOUBLE_QUOTED,
                ScalarStyle.LITERAL,
                ScalarStyle.FOLDED);
        return new Yaml(new TextsIn(style, options), options);
    }

    /** Texts have a style, and all else is plain, so that no value needs a tag. */
    private static final class TextsIn extends Representer {
        private final ScalarStyle style;

        TextsIn(ScalarStyle style, DumperOptions options) {
            super(options);
            this.style = style;
        }

        @Override
        protected Node representScalar(Tag tag, String value, @Nullable ScalarStyle any) {
            return super.representScalar(
                    tag, value, tag.equals(Tag.STR) ? style : ScalarStyle.PLAIN);
        }
    }

    private static DumperOptions options(Choices choices) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(choices.of(FlowStyle.BLOCK, FlowStyle.BLOCK, FlowStyle.AUTO));
        options.setNonPrintableStyle(NonPrintableStyle.ESCAPE);
        options.setIndent(choices.between(2, 6));
        // In very narrow texts SnakeYAML breaks lines within its own escapes.
        options.setWidth(choices.of(80, 1_000));
        options.setAllowUnicode(choices.flag());
        options.setExplicitStart(choices.flag());
        return options;
    }

    /** @param shared lists that stand in several places, which are written as aliases */
    private static Map<String, @Nullable Object> map(
            Choices choices, int depth, List<Object> shared) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = choices.between(depth == 4 ? 1 : 0, 4); i > 0; i--) {
            map.put(text(choices), value(choices, depth - 1, shared));
        }
        return map;
    }

    private static @Nullable Object value(Choices choices, int depth, List<Object> shared) {
        return switch (choices.upTo(depth > 0 ? 7 : 4)) {
            case 0 -> null;
            case 1 -> choices.flag();
            case 2 -> choices.of(0L, 1L, -7L, 4_000_000_000L, Long.MAX_VALUE);
            case 3, 4 -> text(choices);
            case 5 -> map(choices, depth, shared);
            case 6 -> shared.isEmpty() ? list(choices, shared) : choices.of(shared);
            default -> list(choices, shared);
        };
    }

    /** A list of scalars, which others may repeat. */
    private static List<@Nullable Object> list(Choices choices, List<Object> shared) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = choices.between(1, 3); i > 0; i--) {
            list.add(value(choices, 0, shared));
        }
        shared.add(list);
        return list;
    }

    private static String text(Choices choices) {
        return choices.of("", "", "k") + PIECES.text(choices, 5);
    }
}
