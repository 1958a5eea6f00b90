package io.tidewatch.sql;

import java.util.Locale;

/**
 * A word, literal or symbol of a query.
 *
 * @param text as it is written
 * @param offset of its first character in the query
 */
record Token(Kind kind, String text, int offset) {
    enum Kind {
        /** An unquoted name or keyword. */
        WORD,
        /** A name in double quotes. */
        QUOTED,
        /** A string in single quotes. */
        STRING,
        NUMBER,
        /** An operator or a punctuation mark. */
        SYMBOL,
        /** The end of the query. */
        END
    }

    int end() {
        return offset + text.length();
    }

    boolean is(String wordOrSymbol) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(wordOrSymbol);
    }

    /** The text, without quotes around a name. */
    String name() {
        return kind == Kind.QUOTED
                ? text.substring(1, Math.max(1, text.length() - 1)).replace("\"\"", "\"")
                : text;
    }

    /** The word in upper case, or the symbol; empty for what is neither. */
    String key() {
        return switch (kind) {
            case WORD -> text.toUpperCase(Locale.ROOT);
            case SYMBOL -> text;
            case QUOTED, STRING, NUMBER, END -> "";
        };
    }
}
