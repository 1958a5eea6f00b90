package io.tidewatch.server.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.batch.ByteWriter;

/** Writes rows that sources make as JSON lines. */
public final class JsonLine {
    private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);

    private final ByteWriter out;
    private boolean first = true;

    public JsonLine(ByteWriter out) {
        this.out = out;
    }

    public void start() {
        out.writeByte('{');
        first = true;
    }

    public void end() {
        out.writeByte('}');
        out.writeByte('\n');
    }

    public void string(String name, String value) {
        name(name);
        quoted(value);
    }

    /** A value that is a JSON number, true, false or null as it is. */
    public void literal(String name, String value) {
        name(name);
        raw(value);
    }

    /** A number; one that is not finite is written as null, since JSON has none. */
    public void number(String name, double value) {
        literal(name, Double.isFinite(value) ? Double.toString(value) : "null");
    }

    public void number(String name, long value) {
        literal(name, Long.toString(value));
    }

    private void name(String name) {
        if (!first) {
            out.writeByte(',');
        }
        first = false;
        quoted(name);
        out.writeByte(':');
    }

    private void quoted(String value) {
        out.writeByte('"');
        byte[] bytes = value.getBytes(UTF_8);
        for (byte current : bytes) {
            escaped(current);
        }
        out.writeByte('"');
    }

    private void escaped(byte current) {
        if (current == '"' || current == '\\') {
            out.writeByte('\\');
            out.writeByte(current);
        } else if (current >= 0 && current < ' ') {
            raw("\\u00");
            out.writeByte(HEX[current >> 4]);
            out.writeByte(HEX[current & 0xF]);
        } else {
            out.writeByte(current);
        }
    }

    private void raw(String value) {
        byte[] bytes = value.getBytes(UTF_8);
        out.writeRaw(bytes, 0, bytes.length);
    }
}
