package io.octavialb.vip.config;

import java.util.Optional;

/** Scopes of addresses by their names (rtnetlink(7)) or numbers. */
final class AddressScope {
    static final String NAMES = "global, site, link, host, nowhere or a number from 0 to 255";
    private static final int HIGHEST = 255;

    private AddressScope() {}

    static Optional<Integer> number(String text) {
        return switch (text) {
            case "global" -> Optional.of(0);
            case "site" -> Optional.of(200);
            case "link" -> Optional.of(253);
            case "host" -> Optional.of(254);
            case "nowhere" -> Optional.of(HIGHEST);
            default ->
                Quantity.whole(text)
                        .filter(number -> number >= 0 && number <= HIGHEST)
                        .map(Math::toIntExact);
        };
    }
}
