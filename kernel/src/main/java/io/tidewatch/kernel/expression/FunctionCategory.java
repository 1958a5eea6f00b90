package io.tidewatch.kernel.expression;

/** The headings under which functions are documented, in order. */
public enum FunctionCategory {
    STRING("Strings"),
    PATTERN("Regular expressions"),
    MATH("Mathematics"),
    CONDITIONAL("Conditions"),
    TIME("Dates and times");

    private final String title;

    FunctionCategory(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
