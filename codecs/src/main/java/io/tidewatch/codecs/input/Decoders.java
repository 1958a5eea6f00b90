package io.tidewatch.codecs.input;

import io.tidewatch.codecs.Decoder;
import io.tidewatch.codecs.Format;
import io.tidewatch.codecs.Position;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.json.JsonDecoder;
import io.tidewatch.kernel.error.TidewatchException;

/** Makes decoders. */
public final class Decoders {
    private Decoders() {}

    /**
     * A decoder for an input from its start.
     *
     * @throws TidewatchException CONFIGURATION_INVALID for a path, pattern or column that cannot be used
     */
    public static Decoder of(StreamFormat format) {
        return of(format, Position.START);
    }

    /** A decoder for what follows a {@link Decoder#position}. */
    public static Decoder of(StreamFormat format, Position from) {
        Format records = format.format();
        if (records instanceof Format.Json) {
            return new JsonDecoder(format, from);
        }
        throw new IllegalArgumentException("format: " + records);
    }
}
