package io.tidewatch.codecs.input;

import io.tidewatch.codecs.Decoder;
import io.tidewatch.codecs.Format;
import io.tidewatch.codecs.Position;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.csv.CsvDecoder;
import io.tidewatch.codecs.json.JsonDecoder;
import io.tidewatch.codecs.text.LogfmtDecoder;
import io.tidewatch.codecs.text.RegexDecoder;
import io.tidewatch.codecs.text.WebLogDecoder;
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
        return switch (records.kind()) {
            case JSON -> new JsonDecoder(format, from);
            case CSV -> new CsvDecoder(format, (Format.Csv) records, from);
            case COMMON -> new WebLogDecoder(format, false, from);
            case COMBINED -> new WebLogDecoder(format, true, from);
            case REGEX -> new RegexDecoder(format, (Format.Regex) records, from);
            case LOGFMT -> new LogfmtDecoder(format, from);
        };
    }
}
