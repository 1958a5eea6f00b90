package io.tidewatch.sql;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.tidewatch.kernel.batch.ByteWriter;
import io.tidewatch.kernel.expression.TextPattern;
import java.util.Arrays;

/** A regular expression of RE2 over UTF-8 bytes. */
final class LinearPattern implements TextPattern {
    private final Pattern pattern;

    LinearPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    @Override
    public boolean find(byte[] bytes, int start, int length) {
        return matcher(bytes, start, length).find();
    }

    @Override
    public boolean matches(byte[] bytes, int start, int length) {
        return matcher(bytes, start, length).matches();
    }

    @Override
    public int groupCount() {
        return pattern.groupCount();
    }

    @Override
    public boolean findGroup(byte[] bytes, int start, int length, int group, int[] bounds) {
        Matcher matcher = matcher(bytes, start, length);
        if (!matcher.find() || matcher.start(group) < 0) {
            return false;
        }
        bounds[0] = start + matcher.start(group);
        bounds[1] = start + matcher.end(group);
        return true;
    }

    @Override
    public Replacement replacement(String replacement) {
        ReplacementTemplate template = ReplacementTemplate.parse(replacement, groupCount());
        return (bytes, start, length, out, bytesMax) -> {
            byte[] text = Arrays.copyOfRange(bytes, start, start + length);
            return replaceAll(text, template, new BoundedWriter(out, bytesMax));
        };
    }

    /**
     * Copies the text between matches and writes the template for each. An empty match right behind another match is none;
     * after an empty match one whole character is copied.
     */
    private boolean replaceAll(byte[] text, ReplacementTemplate template, BoundedWriter out) {
        Matcher matcher = pattern.matcher(text);
        int copied = 0;
        int from = 0;
        int previousEnd = -1;
        while (from <= text.length && matcher.find(from)) {
            int first = matcher.start();
            int behind = matcher.end();
            boolean counts = behind > first || first != previousEnd;
            if (counts) {
                out.write(text, copied, first);
                template.write(text, matcher, out);
                copied = behind;
            }
            previousEnd = behind;
            from = behind > first ? behind : nextCharacter(text, behind);
            if (out.isFull()) {
                return false;
            }
        }
        out.write(text, copied, text.length);
        return !out.isFull();
    }

    private static int nextCharacter(byte[] text, int index) {
        int next = index + 1;
        while (next < text.length && (text[next] & 0xC0) == 0x80) {
            next++;
        }
        return next;
    }

    private Matcher matcher(byte[] bytes, int start, int length) {
        byte[] text = start == 0 && length == bytes.length
                ? bytes
                : Arrays.copyOfRange(bytes, start, start + length);
        return pattern.matcher(text);
    }

    /** Writes until a number of bytes is reached. */
    static final class BoundedWriter {
        private final ByteWriter out;
        private long left;

        BoundedWriter(ByteWriter out, int bytesMax) {
            this.out = out;
            this.left = bytesMax;
        }

        void write(byte[] bytes, int first, int behind) {
            if (behind - first > left) {
                left = -1;
            }
            if (left >= 0) {
                out.writeRaw(bytes, first, behind - first);
                left -= behind - first;
            }
        }

        boolean isFull() {
            return left < 0;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinearPattern that && pattern.equals(that.pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }
}
