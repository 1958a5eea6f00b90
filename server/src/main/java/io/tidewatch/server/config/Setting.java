package io.tidewatch.server.config;

import static java.util.Objects.requireNonNull;

/**
 * A text in which variables of the environment were replaced.
 *
 * @param value the text with the variables' values
 * @param shown the text as the file has it, which may be printed
 */
public record Setting(String value, String shown) {
    public Setting {
        requireNonNull(value, "value");
        requireNonNull(shown, "shown");
    }

    public static Setting of(String value) {
        return new Setting(value, value);
    }

    /** The text as the file has it, so that no value of the environment is printed by accident. */
    @Override
    public String toString() {
        return shown;
    }
}
