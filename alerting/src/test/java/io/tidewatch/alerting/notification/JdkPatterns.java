package io.tidewatch.alerting.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.kernel.expression.TextPattern;
import io.tidewatch.kernel.expression.TextPatterns;
import java.util.regex.Pattern;

/** The JDK's regular expressions, for what matchers need of them. */
final class JdkPatterns implements TextPatterns {
    static final JdkPatterns INSTANCE = new JdkPatterns();

    private JdkPatterns() {}

    @Override
    public TextPattern compile(String regex) {
        return new JdkPattern(Pattern.compile(regex));
    }

    private record JdkPattern(Pattern pattern) implements TextPattern {
        @Override
        public boolean find(byte[] bytes, int start, int length) {
            return pattern.matcher(new String(bytes, start, length, UTF_8)).find();
        }

        @Override
        public boolean matches(byte[] bytes, int start, int length) {
            return pattern.matcher(new String(bytes, start, length, UTF_8)).matches();
        }

        @Override
        public int groupCount() {
            return pattern.matcher("").groupCount();
        }

        @Override
        public boolean findGroup(byte[] bytes, int start, int length, int group, int[] bounds) {
            throw new UnsupportedOperationException("matchers find no groups");
        }

        @Override
        public Replacement replacement(String replacement) {
            throw new UnsupportedOperationException("matchers replace nothing");
        }
    }
}
