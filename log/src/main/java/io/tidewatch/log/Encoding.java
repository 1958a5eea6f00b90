package io.tidewatch.log;

import java.util.Objects;

/**
 * How a payload is to be decoded.
 *
 * @param codec the name of the codec; empty if the type of the record says it all
 * @param schemaVersion which version of the fields the rows were accepted by
 */
public record Encoding(String codec, long schemaVersion) {
    /** As the type of the record says. */
    public static final Encoding NONE = new Encoding("", 0);

    public Encoding {
        Objects.requireNonNull(codec, "codec");
    }
}
