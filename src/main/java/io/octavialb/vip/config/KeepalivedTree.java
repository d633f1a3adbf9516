package io.octavialb.vip.config;

import io.octavialb.vip.config.KeepalivedTokens.Token;
import io.octavialb.vip.config.KeepalivedTokens.UnclosedQuote;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes statements and blocks of lines; a block's brace may stand on the line of its statement or on the next one. */
final class KeepalivedTree {
    /** Deeper than keepalived's own; what is deeper is no configuration. */
    private static final int DEEPEST = 32;

    /** Never inside another block: a brace before them is missing. */
    private static final Set<String> BEGIN_ANEW =
            Set.of("global_defs", "vrrp_script", "vrrp_instance", "vrrp_sync_group", "virtual_server", "garp_group");

    private final Problems problems;
    private final Deque<Open> blocks = new ArrayDeque<>();

    /** A block that is not closed yet. */
    private record Open(List<String> words, Place place, List<Statement> inside) {}

    KeepalivedTree(Problems problems) {
        this.problems = problems;
        blocks.push(new Open(List.of(), new Place("", 0), new ArrayList<>()));
    }

    List<Statement> of(List<KeepalivedLine> lines) {
        lines.forEach(this::line);
        closeAll();
        return blocks.element().inside();
    }

    private void closeAll() {
        while (blocks.size() > 1) {
            Open open = blocks.element();
            problems.error(
                    open.place(),
                    ("the { of " + String.join(" ", open.words())).strip() + " is not closed",
                    "write the } of it");
            close(open.place());
        }
    }

    private void line(KeepalivedLine line) {
        List<Token> tokens;
        try {
            tokens = KeepalivedTokens.ofLine(line.text(), KeepalivedKeys.isCommand(line.text()));
        } catch (UnclosedQuote e) {
            problems.error(
                    line.place(),
                    line.text().split("\\s", 2)[0] + ": " + e.getMessage(),
                    "close the quote on the same line");
            return;
        }
        List<String> words = new ArrayList<>();
        for (Token token : tokens) {
            switch (token) {
                case Token.Word(String text) -> words.add(text);
                case Token.Open() -> {
                    if (!words.isEmpty() && BEGIN_ANEW.contains(words.getFirst())) {
                        closeAll();
                    }
                    open(words, line.place());
                    words = new ArrayList<>();
                }
                case Token.Close() -> {
                    statement(words, line.place());
                    words = new ArrayList<>();
                    close(line.place());
                }
            }
        }
        statement(words, line.place());
    }

    private void statement(List<String> words, Place place) {
        if (!words.isEmpty()) {
            blocks.element().inside().add(new Statement(List.copyOf(words), place, Optional.empty()));
        }
    }

    private void open(List<String> words, Place place) {
        Statement before = words.isEmpty() ? lastWithoutBlock() : null;
        if (blocks.size() > DEEPEST) {
            problems.error(place, "braces in braces, " + DEEPEST + " deep", "remove them");
        } else if (before != null) {
            blocks.element().inside().removeLast();
            blocks.push(new Open(before.words(), before.place(), new ArrayList<>()));
        } else if (words.isEmpty()) {
            problems.error(place, "a { that belongs to nothing", "write what it is a block of before it");
            blocks.push(new Open(List.of(), place, new ArrayList<>()));
        } else {
            blocks.push(new Open(List.copyOf(words), place, new ArrayList<>()));
        }
    }

    private @Nullable Statement lastWithoutBlock() {
        List<Statement> inside = blocks.element().inside();
        return inside.isEmpty() || inside.getLast().block().isPresent() ? null : inside.getLast();
    }

    private void close(Place place) {
        if (blocks.size() == 1) {
            problems.error(place, "a } that closes nothing", "remove it");
            return;
        }
        Open block = blocks.pop();
        if (block.words().isEmpty()) {
            return;
        }
        blocks.element()
                .inside()
                .add(new Statement(block.words(), block.place(), Optional.of(List.copyOf(block.inside()))));
    }
}
