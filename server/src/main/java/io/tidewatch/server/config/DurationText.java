package io.tidewatch.server.config;

import io.tidewatch.server.yaml.YamlNode;
import java.util.Optional;
import java.util.OptionalLong;

/** Durations as people write them: {@code 250ms}, {@code 5m}, {@code 1h30m}, {@code 0}. Units: ms, s, m, h, d, w, greatest first. */
public final class DurationText {
    private static final String[] UNITS = {"w", "d", "h", "m", "s", "ms"};
    private static final long[] UNIT_MILLIS = {604_800_000, 86_400_000, 3_600_000, 60_000, 1_000, 1
    };

    /** The longest duration: a thousand years, so that sums with event times cannot overflow. */
    private static final long MILLIS_MAX = 1000L * 366 * 86_400_000;

    private DurationText() {}

    /** The duration of a YAML value in milliseconds; a complaint if it is none or shorter than {@code min}. */
    public static Optional<Long> read(YamlNode node, long min) {
        Optional<String> text = node.string();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong millis = parse(text.get());
        if (millis.isEmpty()) {
            node.expected("a duration such as 30s, 5m or 1h30m");
            return Optional.empty();
        }
        if (millis.getAsLong() < min) {
            node.problem("'" + text.get() + "' (expected: at least " + format(min) + ")");
            return Optional.empty();
        }
        return Optional.of(millis.getAsLong());
    }

    /** The milliseconds of a duration; empty if the text is none or it is longer than a thousand years. */
    public static OptionalLong parse(String text) {
        if (text.equals("0")) {
            return OptionalLong.of(0);
        }
        long sum = 0;
        int unit = -1;
        int index = 0;
        while (index < text.length()) {
            int digits = index;
            while (index < text.length() && isDigit(text.charAt(index))) {
                index++;
            }
            int letters = index;
            while (index < text.length() && !isDigit(text.charAt(index))) {
                index++;
            }
            int next = unitOf(text.substring(letters, index));
            if (letters == digits || letters - digits > 15 || next <= unit) {
                return OptionalLong.empty();
            }
            unit = next;
            long count = Long.parseLong(text.substring(digits, letters));
            if (count > (MILLIS_MAX - sum) / UNIT_MILLIS[unit]) {
                return OptionalLong.empty();
            }
            sum += count * UNIT_MILLIS[unit];
        }
        return unit < 0 ? OptionalLong.empty() : OptionalLong.of(sum);
    }

    /** The shortest text that {@link #parse} reads as that many milliseconds. */
    public static String format(long millis) {
        if (millis == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        long rest = millis;
        for (int unit = 0; unit < UNITS.length; unit++) {
            if (rest >= UNIT_MILLIS[unit]) {
                text.append(rest / UNIT_MILLIS[unit]).append(UNITS[unit]);
                rest %= UNIT_MILLIS[unit];
            }
        }
        return text.toString();
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    private static int unitOf(String name) {
        for (int unit = 0; unit < UNITS.length; unit++) {
            if (UNITS[unit].equals(name)) {
                return unit;
            }
        }
        return -1;
    }
}
