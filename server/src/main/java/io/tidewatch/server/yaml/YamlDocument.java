package io.tidewatch.server.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * One YAML 1.2 document (JSON schema: {@code true}, {@code 12}, {@code 1.5}, {@code null}; all else is text), bounded before
 * anything is built from it.
 */
public final class YamlDocument {
    /** The most bytes of a file. */
    public static final int BYTES_MAX = 4 << 20;

    /** The deepest nesting of lists and maps. */
    public static final int NESTING_MAX = 32;

    /** The most times that lists and maps are repeated by {@code *alias}. */
    public static final int ALIASES_MAX = 50;

    private YamlDocument() {}

    /** The root of a document; empty, with the reason among the problems, if it is no YAML or beyond a limit. */
    public static Optional<YamlNode> parse(String file, byte[] bytes, Problems problems) {
        if (bytes.length > BYTES_MAX) {
            problems.add(Place.startOf(file), bytes.length + " bytes (at most " + BYTES_MAX + ")");
            return Optional.empty();
        }
        String text;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            problems.add(Place.startOf(file), "not UTF-8: save the file in UTF-8");
            return Optional.empty();
        }
        return parse(file, text, problems);
    }

    /** As {@link #parse(String, byte[], Problems)}, of text. */
    public static Optional<YamlNode> parse(String file, String withMark, Problems problems) {
        String text = withMark.startsWith("\uFEFF") ? withMark.substring(1) : withMark;
        try {
            if (!isBounded(file, text, problems)) {
                return Optional.empty();
            }
            Optional<Node> root = new Compose(settings(file, text)).composeString(text);
            if (root.isEmpty()) {
                problems.add(Place.startOf(file), "the file is empty");
            }
            SourceText source = new SourceText(file, text);
            return root.map(node -> new YamlNode(node, source, problems, ""));
        } catch (MarkedYamlEngineException e) {
            Place place =
                    e.getProblemMark().map(mark -> placeOf(file, mark)).orElse(Place.startOf(file));
            problems.add(place, "not YAML: " + reason(e.getProblem()));
        } catch (ReaderException e) {
            problems.add(
                    new SourceText(file, text).place(e.getPosition()),
                    String.format(
                            Locale.ROOT,
                            "YAML cannot hold the character U+%04X; write it as an escape in double quotes",
                            e.getCodePoint()));
        } catch (YamlEngineException e) {
            problems.add(Place.startOf(file), "not YAML: " + reason(e.getMessage()));
        }
        return Optional.empty();
    }

    static Place placeOf(String file, Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The library takes the text in one piece, since it fails where a piece ends within a character beyond U+FFFF. */
    private static LoadSettings settings(String file, String text) {
        return LoadSettings.builder()
                .setLabel(file)
                .setBufferSize(text.length() + 1)
                .setCodePointLimit(BYTES_MAX)
                .setMaxAliasesForCollections(ALIASES_MAX)
                .setAllowDuplicateKeys(true)
                .build();
    }

    /** Parsing to events keeps no stack, so what is beyond a limit is known before the recursive composer runs. */
    private static boolean isBounded(String file, String text, Problems problems) {
        Shape shape = new Shape();
        for (Event event : new Parse(settings(file, text)).parseString(text)) {
            Optional<String> complaint = shape.complaintAbout(event);
            if (complaint.isPresent()) {
                Place place = event.getStartMark()
                        .map(mark -> placeOf(file, mark))
                        .orElse(Place.startOf(file));
                problems.add(place, complaint.get());
                return false;
            }
        }
        return true;
    }

    private static String reason(@Nullable String message) {
        String line = message == null ? "" : message.lines().findFirst().orElse("");
        return line.isEmpty() ? "unexpected end" : line;
    }
}
