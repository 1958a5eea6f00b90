package io.tidewatch.kernel.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.batch.ByteWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Regular expressions of the JDK, for tests: the kernel has none of its own. Not linear in time. */
public final class JdkTextPatterns implements TextPatterns {
    @Override
    public TextPattern compile(String regex) {
        return new JdkTextPattern(Pattern.compile(regex));
    }

    private record JdkTextPattern(Pattern pattern) implements TextPattern {
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
            return pattern.matcher("").groupCount();
        }

        @Override
        public boolean findGroup(byte[] bytes, int start, int length, int group, int[] bounds) {
            String text = new String(bytes, start, length, UTF_8);
            Matcher matcher = pattern.matcher(text);
            if (!matcher.find() || matcher.start(group) < 0) {
                return false;
            }
            bounds[0] = start + text.substring(0, matcher.start(group)).getBytes(UTF_8).length;
            bounds[1] = start + text.substring(0, matcher.end(group)).getBytes(UTF_8).length;
            return true;
        }

        @Override
        public Replacement replacement(String replacement) {
            requireGroups(replacement);
            return (bytes, start, length, out, bytesMax) -> {
                byte[] result =
                        matcher(bytes, start, length).replaceAll(replacement).getBytes(UTF_8);
                return write(result, out, bytesMax);
            };
        }

        private void requireGroups(String replacement) {
            for (int i = 0; i < replacement.length(); i++) {
                char next = i + 1 < replacement.length() ? replacement.charAt(i + 1) : ' ';
                switch (replacement.charAt(i)) {
                    case '\\' -> {
                        if (++i == replacement.length()) {
                            throw new IllegalArgumentException("a backslash at the end");
                        }
                    }
                    case '$' -> {
                        if (next < '0' || next > '9' || next - '0' > groupCount()) {
                            throw new IllegalArgumentException("no group " + next);
                        }
                    }
                    default -> {}
                }
            }
        }

        private static boolean write(byte[] result, ByteWriter out, int bytesMax) {
            if (result.length <= bytesMax) {
                out.writeRaw(result, 0, result.length);
            }
            return result.length <= bytesMax;
        }

        private Matcher matcher(byte[] bytes, int start, int length) {
            return pattern.matcher(new String(bytes, start, length, UTF_8));
        }
    }
}
