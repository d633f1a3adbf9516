package io.octavialb.build;

import io.octavialb.config.Asked;
import io.octavialb.config.AskedSettings;
import io.octavialb.model.Notice;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells of the settings that a user gave and that this Octavia, or this provider, can't take.
 *
 * <p>What the cloud-config says is for all Services, and is left out without a word where it can be left out.
 */
record Unsupported(ProviderFeatures features) {
    /** They have notices, and event reasons, of their own. */
    private static final Set<String> TOLD_APART = Set.of(
            "service.beta.kubernetes.io/load-balancer-source-ranges",
            "loadbalancer.openstack.org/availability-zone",
            "loadbalancer.openstack.org/additional-subnet-id");

    /** Of the settings that are left out. */
    List<Notice> notices(AskedSettings settings) {
        return settings.all().stream()
                .filter(asked -> !asked.essential() && !asked.isByConfig() && !TOLD_APART.contains(asked.setting()))
                .flatMap(asked -> why(asked).stream()
                        .map(why -> new Notice(EventReasons.ANNOTATION_IGNORED, asked + ": ignored: " + why)))
                .toList();
    }

    /** Of the settings without which a port can't be served. */
    List<Notice> problems(AskedSettings settings) {
        return settings.all().stream()
                .filter(Asked::essential)
                .flatMap(asked -> why(asked).stream()
                        .map(why -> new Notice(EventReasons.SYNC_FAILED, asked + ": " + why + ": remove it")))
                .toList();
    }

    /** Empty where it can be had. */
    Optional<String> why(Asked asked) {
        if (asked.notWith().contains(features.provider())) {
            return Optional.of("the provider " + features.provider() + " has no such thing");
        }
        return asked.minimumVersion() == null || features.version().has(asked.minimumVersion())
                ? Optional.empty()
                : Optional.of("this cloud's Octavia is " + features.version() + ", it needs " + asked.minimumVersion());
    }
}
