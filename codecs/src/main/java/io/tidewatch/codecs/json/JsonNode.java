package io.tidewatch.codecs.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A place in the records that some wanted path leads to or through. */
final class JsonNode {
    /** The slots that want the value at this place. */
    final int[] slots;

    /** The slots that want something inside it. */
    final int[] inside;

    /** The names that lead on; {@code null} if none does. */
    final @Nullable JsonNames names;

    /** The wanted elements by index; empty if there are none. */
    final @Nullable JsonNode[] elements;

    private JsonNode(Draft draft) {
        this.slots = draft.slots.stream().mapToInt(i -> i).toArray();
        this.inside = draft.inside.stream().mapToInt(i -> i).toArray();
        this.names = draft.names.isEmpty() ? null : new JsonNames(children(draft.names));
        this.elements =
                new @Nullable JsonNode[draft.elements.isEmpty() ? 0 : draft.elements.lastKey() + 1];
        children(draft.elements).forEach((index, child) -> elements[index] = child);
    }

    /** The record itself, for the paths of all slots, in order. */
    static JsonNode root(List<JsonPath> paths) {
        Draft root = new Draft();
        for (int slot = 0; slot < paths.size(); slot++) {
            Draft draft = root;
            for (JsonPath.Step step : paths.get(slot).steps()) {
                draft.inside.add(slot);
                draft = draft.child(step);
            }
            draft.slots.add(slot);
        }
        return new JsonNode(root);
    }

    private static <K> Map<K, JsonNode> children(Map<K, Draft> drafts) {
        Map<K, JsonNode> nodes = new LinkedHashMap<>();
        drafts.forEach((key, draft) -> nodes.put(key, new JsonNode(draft)));
        return nodes;
    }

    /** A node that is being put together. */
    private static final class Draft {
        private final List<Integer> slots = new ArrayList<>();
        private final List<Integer> inside = new ArrayList<>();
        private final Map<String, Draft> names = new LinkedHashMap<>();
        private final TreeMap<Integer, Draft> elements = new TreeMap<>();

        private Draft child(JsonPath.Step step) {
            if (step instanceof JsonPath.Step.Name name) {
                return names.computeIfAbsent(name.name(), n -> new Draft());
            }
            return elements.computeIfAbsent(((JsonPath.Step.Index) step).index(), i -> new Draft());
        }
    }
}
