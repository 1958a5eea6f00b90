package io.tidewatch.kernel.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Computes an id from what the thing is: the first 128 bits of the SHA-256 of its parts, as 32 hexadecimal digits. The same
 * parts give the same id in every process and version; others give another one, for no one can find two that collide.
 *
 * <p>Parts are told apart: texts and bytes go in behind their lengths, numbers as eight bytes. What kind of thing it is goes
 * in first, so that things of different kinds never share an id.
 *
 * <pre>{@code
 * String id = Digest.of("result").text(monitor).bytes(key).number(windowEnd).id();
 * }</pre>
 */
public final class Digest {
    private static final int ID_BYTES = 16;
    private static final int CAPACITY = 128;

    private final ByteWriter parts = new ByteWriter(CAPACITY);

    private Digest(String kind) {
        text(kind);
    }

    /** Begins the id of a thing of this kind. */
    public static Digest of(String kind) {
        return new Digest(kind);
    }

    public Digest text(String part) {
        return bytes(part.getBytes(UTF_8));
    }

    public Digest bytes(byte[] part) {
        return bytes(part, 0, part.length);
    }

    public Digest bytes(byte[] source, int start, int length) {
        parts.writeSlice(source, start, length);
        return this;
    }

    public Digest number(long part) {
        parts.writeLong(part);
        return this;
    }

    /** The id of the parts so far. */
    public String id() {
        MessageDigest sha256 = sha256();
        sha256.update(parts.array(), 0, parts.size());
        return HexFormat.of().formatHex(sha256.digest(), 0, ID_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
