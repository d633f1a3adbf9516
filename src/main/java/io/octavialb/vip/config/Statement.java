package io.octavialb.vip.config;

import java.util.List;
import java.util.Optional;

/**
 * A statement of a keepalived.conf: words on one line and, in braces, a block of statements.
 *
 * @param words at least one
 */
record Statement(List<String> words, Place place, Optional<List<Statement>> block) {
    String key() {
        return words.getFirst();
    }

    List<String> arguments() {
        return words.subList(1, words.size());
    }

    /** What stands in its braces; empty without braces. */
    List<Statement> inside() {
        return block.orElse(List.of());
    }
}
