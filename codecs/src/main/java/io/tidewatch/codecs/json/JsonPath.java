package io.tidewatch.codecs.json;

import io.tidewatch.kernel.error.ErrorCode;
import io.tidewatch.kernel.error.TidewatchException;
import java.util.ArrayList;
import java.util.List;

/**
 * The way from a record to a value: {@code actor.login}, {@code items[0].id}, {@code labels["k8s.io/name"]}.
 *
 * @param steps from the outside in; at least one, the first by name
 */
public record JsonPath(List<Step> steps) {
    private static final int INDEX_MAX = 1_000_000;

    public JsonPath {
        steps = List.copyOf(steps);
    }

    /** One step into a value. */
    public sealed interface Step {
        /** Into an object, to the value of that name. */
        record Name(String name) implements Step {}

        /** Into an array, to the element of that index, from 0. */
        record Index(int index) implements Step {}
    }

    /** The path to a value of the record itself, whatever its name is. */
    public static JsonPath ofName(String name) {
        return new JsonPath(List.of(new Step.Name(name)));
    }

    /**
     * Reads a path.
     *
     * @throws TidewatchException CONFIGURATION_INVALID if it is not one
     */
    public static JsonPath parse(String text) {
        List<Step> steps = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '[') {
                at = bracket(text, at, steps);
            } else {
                boolean isDot = c == '.';
                if (isDot == steps.isEmpty()) {
                    throw invalid(text, at);
                }
                at = name(text, isDot ? at + 1 : at, steps);
            }
        }
        if (steps.isEmpty() || steps.get(0) instanceof Step.Index) {
            throw invalid(text, 0);
        }
        return new JsonPath(steps);
    }

    private static int name(String text, int start, List<Step> steps) {
        int end = start;
        while (end < text.length() && ".[]\"".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        if (end == start) {
            throw invalid(text, start);
        }
        steps.add(new Step.Name(text.substring(start, end)));
        return end;
    }

    private static int bracket(String text, int start, List<Step> steps) {
        int end;
        if (text.startsWith("[\"", start)) {
            end = text.indexOf("\"]", start + 2);
            if (end < 0) {
                throw invalid(text, start);
            }
            steps.add(new Step.Name(text.substring(start + 2, end)));
            return end + 2;
        }
        end = text.indexOf(']', start);
        String digits = end < 0 ? "" : text.substring(start + 1, end);
        if (!digits.matches("[0-9]{1,7}") || Integer.parseInt(digits) > INDEX_MAX) {
            throw invalid(text, start);
        }
        steps.add(new Step.Index(Integer.parseInt(digits)));
        return end + 1;
    }

    private static TidewatchException invalid(String text, int at) {
        return new TidewatchException(
                ErrorCode.CONFIGURATION_INVALID,
                "path '" + text + "', column " + (at + 1)
                        + ": not a path (expected: like actor.login, items[0].id or labels[\"k8s.io/name\"])");
    }
}
