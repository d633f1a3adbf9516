package io.octavialb.vip.config;

import java.util.ArrayList;
import java.util.List;

/** Splits a line of a keepalived.conf, or a command in quotes, into words; quotes and escapes as keepalived reads them. */
final class KeepalivedTokens {
    sealed interface Token {
        record Word(String text) implements Token {}

        record Open() implements Token {}

        record Close() implements Token {}
    }

    /** Thrown when a quote is not closed. */
    static final class UnclosedQuote extends Exception {
        private static final long serialVersionUID = 1;

        UnclosedQuote(char quote) {
            super("a " + quote + " is not closed");
        }
    }

    private final String line;
    private final boolean escapes;
    private final boolean braces;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private KeepalivedTokens(String line, boolean escapes, boolean braces) {
        this.line = line;
        this.escapes = escapes;
        this.braces = braces;
    }

    /** @param escapes whether a backslash escapes: in commands only */
    static List<Token> ofLine(String line, boolean escapes) throws UnclosedQuote {
        return new KeepalivedTokens(line, escapes, true).split();
    }

    /** The words of a command that was in quotes. */
    static List<String> ofCommand(String command) throws UnclosedQuote {
        return new KeepalivedTokens(command, true, false)
                .split().stream()
                        .map(token -> token instanceof Token.Word(var text) ? text : "")
                        .toList();
    }

    private List<Token> split() throws UnclosedQuote {
        while (at < line.length()) {
            char c = line.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (braces && c == '{') {
                tokens.add(new Token.Open());
                at++;
            } else if (braces && c == '}') {
                tokens.add(new Token.Close());
                at++;
            } else {
                tokens.add(new Token.Word(word()));
            }
        }
        return tokens;
    }

    private String word() throws UnclosedQuote {
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (; at < line.length(); at++) {
            char c = line.charAt(at);
            if (escapes && c == '\\' && at + 1 < line.length()) {
                at++;
                word.append(escaped());
            } else if (quote != 0 ? c == quote : c == '"' || c == '\'') {
                quote = quote == 0 ? c : 0;
            } else if (quote == 0 && (Character.isWhitespace(c) || (braces && (c == '{' || c == '}')))) {
                break;
            } else if (c == '$' && line.startsWith("${", at) && line.indexOf('}', at) > 0) {
                int end = line.indexOf('}', at);
                word.append(line, at, end + 1);
                at = end;
            } else {
                word.append(c);
            }
        }
        if (quote != 0) {
            throw new UnclosedQuote(quote);
        }
        return word.toString();
    }

    /** The character that the escape at hand stands for; leaves {@code at} at its last character. */
    private char escaped() {
        char c = line.charAt(at);
        return switch (c) {
            case 'a' -> '\u0007';
            case 'b' -> '\b';
            case 'E' -> '\u001b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> '\u000b';
            case 'x' -> number(at + 1, 16, 2);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> number(at, 8, 3);
            default -> c;
        };
    }

    private char number(int from, int radix, int most) {
        int value = 0;
        int i = from;
        while (i < line.length() && i < from + most && Character.digit(line.charAt(i), radix) >= 0) {
            value = value * radix + Character.digit(line.charAt(i), radix);
            i++;
        }
        at = i - 1;
        return (char) value;
    }
}
