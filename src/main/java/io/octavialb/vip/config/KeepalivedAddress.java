package io.octavialb.vip.config;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a line of virtual_ipaddress: an address, perhaps with a prefix length, and options. */
final class KeepalivedAddress {
    private final Problems problems;
    private final Statement line;
    private @Nullable String device;
    private @Nullable String label;
    private int scope;

    private KeepalivedAddress(Statement line, Problems problems) {
        this.line = line;
        this.problems = problems;
    }

    static Optional<Said<VirtualAddress>> read(Statement line, Problems problems) {
        return new KeepalivedAddress(line, problems).read();
    }

    private Optional<Said<VirtualAddress>> read() {
        options(line.arguments());
        return AddressPrefix.parse(line.key(), line.place(), problems)
                .map(prefix -> new Said<>(
                        new VirtualAddress(
                                prefix.address(),
                                prefix.length(),
                                Optional.ofNullable(device),
                                Optional.ofNullable(label),
                                scope),
                        line.place()));
    }

    private void options(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String option = words.get(i);
            String value = i + 1 < words.size() ? words.get(i + 1) : "";
            if (Addresses.parse(option.split("/", 2)[0]).isPresent()) {
                problems.error(line.place(), "a second address on one line: " + option, "write one address a line");
                return;
            }
            boolean used = KeepalivedKeys.isUsed(KeepalivedKeys.In.ADDRESS, option, line.place(), problems);
            boolean valued = switch (option) {
                case "dev", "label", "scope", "brd", "peer", "preferred_lft", "track_group" -> true;
                default -> false;
            };
            if (valued && value.isEmpty()) {
                problems.error(line.place(), option + " of " + line.key() + " has no value", "write one after it");
            } else if (used) {
                use(option, value);
            }
            i += valued ? 1 : 0;
        }
    }

    private void use(String option, String value) {
        switch (option) {
            case "dev" -> device = value;
            case "label" -> label = value;
            case "scope" ->
                scope = AddressScope.number(value).orElseGet(() -> {
                    problems.error(line.place(), "scope " + value + " is not known", "write " + AddressScope.NAMES);
                    return 0;
                });
            default -> throw new AssertionError(option);
        }
    }
}
