package io.octavialb.demo;

import java.io.PrintStream;

/** Where the demo shows what happens: whole blocks of lines, each in the colour of what it tells of. */
final class Screen {
    private static final String RESET = "\u001b[0m";

    /** What a line tells of. */
    enum Tone {
        PLAIN(""),
        DIM("\u001b[2m"),
        STRONG("\u001b[1m"),
        CREATED("\u001b[32m"),
        CHANGED("\u001b[33m"),
        DELETED("\u001b[31m"),
        CLUSTER("\u001b[36m");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    private final PrintStream out;
    private final boolean colour;

    Screen(PrintStream out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    synchronized void line(Tone tone, String line) {
        out.println(colour && tone != Tone.PLAIN ? tone.code + line + RESET : line);
        out.flush();
    }

    /** A heading with the lines below it, none of anybody else's in between. */
    synchronized void block(String heading, String text) {
        line(Tone.STRONG, heading);
        text.lines().forEach(line -> line(tone(line), "    " + line));
    }

    /** Whether nobody reads any more, as when a pipe was closed. */
    boolean closed() {
        return out.checkError();
    }

    private static Tone tone(String line) {
        String start = line.stripLeading();
        return switch (start.isEmpty() ? ' ' : start.charAt(0)) {
            case '+' -> Tone.CREATED;
            case '~' -> Tone.CHANGED;
            case '-' -> Tone.DELETED;
            default -> Tone.PLAIN;
        };
    }
}
