package io.tidewatch.sql;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tidewatch.kernel.expression.TextPattern;
import io.tidewatch.kernel.expression.TextPatterns;

/** Regular expressions of RE2, whose time is linear in the text: no look-around and no references back to groups. */
public final class LinearPatterns implements TextPatterns {
    public static final LinearPatterns INSTANCE = new LinearPatterns();

    /** The longest regular expression, in UTF-16 units. */
    static final int LENGTH_MAX = 4_096;

    private LinearPatterns() {}

    @Override
    public TextPattern compile(String regex) {
        if (regex.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("it has " + regex.length()
                    + " characters (expected: at most " + LENGTH_MAX + ")");
        }
        try {
            return new LinearPattern(Pattern.compile(regex));
        } catch (PatternSyntaxException e) {
            String where = e.getPattern() == null ? "" : " at '" + e.getPattern() + "'";
            throw new IllegalArgumentException(e.getDescription() + where, e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("it is nested too deeply", e);
        }
    }
}
