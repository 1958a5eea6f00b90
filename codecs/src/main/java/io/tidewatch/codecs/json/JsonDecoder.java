package io.tidewatch.codecs.json;

import io.tidewatch.codecs.FieldSpec;
import io.tidewatch.codecs.Position;
import io.tidewatch.codecs.StreamFormat;
import io.tidewatch.codecs.row.RecordDecoder;
import io.tidewatch.codecs.row.RowCollector;
import io.tidewatch.codecs.time.TimeFormat;
import java.util.ArrayList;
import java.util.List;

/** Decodes JSON lines. */
public final class JsonDecoder extends RecordDecoder {
    private final RowCollector rows;
    private final JsonScanner scanner;
    private final JsonText text = new JsonText();

    public JsonDecoder(StreamFormat format, Position from) {
        this(format, new RowCollector(format, TimeFormat.RFC_3339), from);
    }

    private JsonDecoder(StreamFormat format, RowCollector rows, Position from) {
        super(rows, format.limits(), from, false);
        this.rows = rows;
        List<JsonPath> paths = new ArrayList<>();
        for (int slot = 0; slot < rows.slotCount(); slot++) {
            FieldSpec field = rows.field(slot);
            String path = field.path();
            paths.add(path == null ? JsonPath.ofName(field.name()) : JsonPath.parse(path));
        }
        this.scanner = new JsonScanner(
                JsonNode.root(paths), rows.slotCount(), format.limits().nesting());
    }

    @Override
    protected void begin(byte[] bytes, int whole) {
        scanner.begin(bytes, whole);
    }

    @Override
    protected int decodeRecord(byte[] bytes, int start, int whole) {
        int feed = scanner.scan(bytes, start);
        String problem = scanner.problem();
        if (problem != null) {
            return refuseLine(bytes, problem);
        }
        for (int slot = 0; slot < scanner.kinds.length; slot++) {
            if (!read(slot, bytes)) {
                failValue(slot, feed);
                break;
            }
        }
        return feed;
    }

    private boolean read(int slot, byte[] bytes) {
        int start = scanner.starts[slot];
        int end = scanner.ends[slot];
        return switch (scanner.kinds[slot]) {
            case JsonScanner.STRING -> rows.string(slot, bytes, start, end);
            case JsonScanner.ESCAPED ->
                rows.string(slot, text.decoded(bytes, start, end), 0, text.decodedLength());
            case JsonScanner.NUMBER -> rows.number(slot, bytes, start, end);
            case JsonScanner.TRUE -> rows.literal(slot, true, bytes, start, end);
            case JsonScanner.FALSE -> rows.literal(slot, false, bytes, start, end);
            case JsonScanner.NESTED -> rows.nested(slot, bytes, start, end);
            default -> rows.nothing(slot);
        };
    }

    private void failValue(int slot, int feed) {
        byte kind = scanner.kinds[slot];
        if (kind == JsonScanner.MISSING || kind == JsonScanner.NULL) {
            fail(kind == JsonScanner.NULL ? scanner.starts[slot] : feed, rows.missing(slot));
            return;
        }
        fail(scanner.starts[slot], rows.misfit(slot, false));
    }

    private int refuseLine(byte[] bytes, String problem) {
        int at = scanner.problemAt();
        if (scanner.isLimit()) {
            failLimit(at, problem);
        } else {
            fail(at, problem);
        }
        while (bytes[at] != '\n') {
            at++;
        }
        return at;
    }
}
