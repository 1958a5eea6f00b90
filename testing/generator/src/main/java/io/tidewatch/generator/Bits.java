package io.tidewatch.generator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Results of tests, kept to the bit, so that two runs (on two Java versions, say) can be compared.
 *
 * <p>With {@code -Dtidewatch.bits=DIR} each call appends one line to {@code DIR/MODULE/NAME}; without it, nothing happens.
 * A line is the value itself when it is short, else its length and SHA-256, so that the first differing line of two files
 * tells which record of the test differs. {@code ./verify} compares the folders of its runs.
 *
 * <pre>{@code
 * Bits.record("variance of anything", sum.finish());
 * }</pre>
 *
 * <p>A name belongs to one test method. Record in the order in which the test computes, and only what follows from the
 * test's seeds: no paths, no wall-clock times, no hash codes of identity.
 */
public final class Bits {
    private static final String FOLDER_PROPERTY = "tidewatch.bits";
    private static final String MODULE_PROPERTY = "basedir";
    private static final int SHORT_CHARS = 120;

    private Bits() {}

    public static void record(String name, long value) {
        append(name, "long " + HexFormat.of().toHexDigits(value));
    }

    /** Records the raw bits, so that -0.0 differs from 0.0 and NaNs differ by payload. */
    public static void record(String name, double value) {
        append(name, "double " + HexFormat.of().toHexDigits(Double.doubleToRawLongBits(value)));
    }

    public static void record(String name, byte[] value) {
        if (folder() != null) {
            append(name, "bytes " + value.length + " " + digest(value));
        }
    }

    public static void record(String name, @Nullable String value) {
        if (folder() == null) {
            return;
        }
        if (value == null) {
            append(name, "null");
        } else if (value.length() <= SHORT_CHARS && value.chars().noneMatch(c -> c < ' ')) {
            append(name, "text " + value);
        } else {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            append(name, "text of " + bytes.length + " bytes " + digest(bytes));
        }
    }

    private static @Nullable String folder() {
        return System.getProperty(FOLDER_PROPERTY);
    }

    private static synchronized void append(String name, String line) {
        String folder = folder();
        if (folder == null) {
            return;
        }
        Path file = Path.of(folder).resolve(module()).resolve(fileName(name));
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("bits of '" + name + "' cannot be written", e);
        }
    }

    /** The folder's name of the module under test: Surefire and {@code ./verify} set its place. */
    private static String module() {
        Path base = Path.of(System.getProperty(MODULE_PROPERTY, ""));
        return base.toAbsolutePath().getFileName().toString();
    }

    private static String fileName(String name) {
        String readable = name.replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(Locale.ROOT);
        String start = readable.substring(0, Math.min(readable.length(), 80));
        return start + "-" + digest(name.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
