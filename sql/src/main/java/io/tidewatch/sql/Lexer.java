package io.tidewatch.sql;

import io.tidewatch.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a query into tokens, without comments; a comment that has no end is a symbol. Only what is needed to know where names
 * stand; the parser proper judges everything else.
 */
final class Lexer {
    private static final List<String> LONG_SYMBOLS =
            List.of("<=", ">=", "<>", "!=", "||", "=>", "::", "//");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int offset;

    private Lexer(String text) {
        this.text = text;
    }

    /** The tokens of the text; the last is its END. */
    static List<Token> tokens(String text) {
        Lexer lexer = new Lexer(text);
        while (lexer.offset < text.length()) {
            lexer.next();
        }
        lexer.tokens.add(new Token(Kind.END, "", text.length()));
        return lexer.tokens;
    }

    private void next() {
        char c = text.charAt(offset);
        if (Character.isWhitespace(c)) {
            offset++;
        } else if (text.startsWith("--", offset)) {
            int newline = text.indexOf('\n', offset);
            offset = newline < 0 ? text.length() : newline;
        } else if (text.startsWith("/*", offset)) {
            int close = text.indexOf("*/", offset + 2);
            if (close < 0) {
                add(Kind.SYMBOL, text.length());
            } else {
                offset = close + 2;
            }
        } else if (c == '\'') {
            add(Kind.STRING, quotedEnd('\''));
        } else if (c == '"') {
            add(Kind.QUOTED, quotedEnd('"'));
        } else if (Character.isDigit(c)) {
            add(Kind.NUMBER, numberEnd());
        } else if (Character.isUnicodeIdentifierStart(c) || c == '_') {
            add(Kind.WORD, wordEnd());
        } else {
            boolean isLong = LONG_SYMBOLS.stream().anyMatch(s -> text.startsWith(s, offset));
            add(Kind.SYMBOL, offset + (isLong ? 2 : 1));
        }
    }

    private void add(Kind kind, int end) {
        tokens.add(new Token(kind, text.substring(offset, end), offset));
        offset = end;
    }

    private int quotedEnd(char quote) {
        int i = offset + 1;
        while (i < text.length()) {
            if (text.charAt(i) == quote) {
                if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
                    i++;
                } else {
                    return i + 1;
                }
            }
            i++;
        }
        return text.length();
    }

    private int wordEnd() {
        int i = offset + 1;
        while (i < text.length() && isWordPart(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private int numberEnd() {
        int i = offset + 1;
        while (i < text.length() && (Character.isDigit(text.charAt(i)) || text.charAt(i) == '.')) {
            i++;
        }
        boolean exponent = i + 1 < text.length()
                && (text.charAt(i) == 'e' || text.charAt(i) == 'E')
                && (Character.isDigit(text.charAt(i + 1)) || text.charAt(i + 1) == '-');
        if (exponent) {
            i += 2;
            while (i < text.length() && Character.isDigit(text.charAt(i))) {
                i++;
            }
        }
        return i;
    }

    private static boolean isWordPart(char c) {
        return Character.isUnicodeIdentifierPart(c) || c == '_' || c == '$';
    }
}
