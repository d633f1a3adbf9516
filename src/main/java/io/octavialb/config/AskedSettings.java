package io.octavialb.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings that were asked for, of a Service or of one of its ports; at most one for each setting. */
public record AskedSettings(List<Asked> all) {
    public AskedSettings {
        all = List.copyOf(all);
    }

    /**
     * What was asked for of one setting.
     *
     * @param setting the key of the annotation below {@code loadbalancer.openstack.org/}, or whole
     */
    public Optional<Asked> find(String setting) {
        String key = setting.contains("/") ? setting : Annotations.PREFIX + setting;
        return all.stream().filter(asked -> asked.setting().equals(key)).findFirst();
    }

    Optional<Asked> find(Annotation<?> annotation) {
        return find(annotation.key());
    }

    /** What is asked for here comes first. */
    AskedSettings orElse(List<Asked> others) {
        return new AskedSettings(Stream.concat(
                        all.stream(),
                        others.stream().filter(other -> find(other.setting()).isEmpty()))
                .toList());
    }
}
