package io.tidewatch.kernel.expression;

/** Makes regular expressions. The engine is not the kernel's: whoever puts the system together gives it one. */
public interface TextPatterns {
    /**
     * @throws IllegalArgumentException if {@code regex} is not a regular expression; the message says why and where
     */
    TextPattern compile(String regex);
}
