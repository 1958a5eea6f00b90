package io.tidewatch.server.log;

import io.tidewatch.kernel.batch.Batch;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What the file of a reference table held at some time.
 *
 * @param hash of its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by its hash, not by equals.
public record TableContent(String hash, byte[] bytes, Batch rows) {
    /** How many digits a hash has: those of SHA-256 in hexadecimal form. */
    static final int HASH_DIGITS = 64;

    /** The hash that names a version of a table. */
    public static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
