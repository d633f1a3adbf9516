package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Splitter;
import java.util.List;

/**
 * What the operator of Octavia offers: versions, providers, flavors, availability zones.
 *
 * <p>Their answers are the files {@code wiremock-stubs/__files/octavia-*.json}.
 */
final class OctaviaCatalog {
    private final OctaviaContext octavia;

    OctaviaCatalog(OctaviaContext octavia) {
        this.octavia = octavia;
    }

    /** {@code GET /}: the versions up to the one that this cloud has, which is current. */
    CloudAnswer versions() {
        int minor = octavia.settings().minor();
        ObjectNode body = CloudState.object();
        ArrayNode versions = body.putArray("versions");
        for (JsonNode version : StubFiles.body("octavia-versions.json").path("versions")) {
            int number = Integer.parseInt(
                    Splitter.on('.').splitToList(version.path("id").asText()).get(1));
            if (number <= minor) {
                ObjectNode shown = version.deepCopy();
                shown.put("status", number == minor ? "CURRENT" : "SUPPORTED");
                shown.putArray("links")
                        .addObject()
                        .put("href", octavia.url() + "/v2")
                        .put("rel", "self");
                versions.add(shown);
            }
        }
        return CloudAnswer.of(200, body);
    }

    CloudAnswer providers() {
        ObjectNode body = CloudState.object();
        ArrayNode enabled = body.putArray("providers");
        for (JsonNode provider : StubFiles.body("octavia-providers.json").path("providers")) {
            if (octavia.settings().providers().contains(provider.path("name").asText())) {
                enabled.add(provider);
            }
        }
        return CloudAnswer.of(200, body);
    }

    /** Flavors or availability zones: a list, or one of them by id or name. */
    CloudAnswer offers(String file, String list, String single, List<String> rest, CloudRequest request) {
        JsonNode offers = StubFiles.body(file).path(list);
        ObjectNode body = CloudState.object();
        if (rest.isEmpty()) {
            ArrayNode array = body.putArray(list);
            offers.valueStream()
                    .filter(offer -> request.query().get("name").stream()
                            .allMatch(offer.path("name").asText()::equals))
                    .forEach(array::add);
            body.putArray(list + "_links");
            return CloudAnswer.of(200, body);
        }
        String id = rest.getFirst();
        String name = single.equals("flavor") ? "Flavor" : "Availability Zone";
        body.set(
                single,
                offers.valueStream()
                        .filter(offer -> id.equals(
                                offer.path("id").asText(offer.path("name").asText())))
                        .findFirst()
                        .orElseThrow(() -> Refusal.notFound(name, id)));
        return CloudAnswer.of(200, body);
    }

    void checkFlavor(JsonNode flavor) {
        check(flavor, "octavia-flavors.json", "flavors", "id", "Invalid flavor_id.");
    }

    void checkAvailabilityZone(JsonNode zone) {
        check(zone, "octavia-availability-zones.json", "availability_zones", "name", "Invalid availability zone.");
    }

    private static void check(JsonNode wanted, String file, String list, String field, String complaint) {
        if (wanted.isTextual()
                && StubFiles.body(file)
                        .path(list)
                        .valueStream()
                        .noneMatch(offer -> offer.path(field).asText().equals(wanted.textValue()))) {
            throw Refusal.invalid(complaint);
        }
    }

    /** The provider of a new load balancer; flavors are those of amphora. */
    String provider(JsonNode wanted, JsonNode flavor) {
        String provider = wanted.asText(octavia.settings().defaultProvider());
        if (wanted.isNull()) {
            return flavor.isTextual() ? "amphora" : octavia.settings().defaultProvider();
        }
        if (flavor.isTextual() && !provider.equals("amphora")) {
            throw Refusal.octavia(
                    400, "Flavor '" + flavor.textValue() + "' is not compatible with provider '" + provider + "'");
        }
        if (!octavia.settings().providers().contains(provider)) {
            throw Refusal.octavia(400, "Provider '" + provider + "' is not enabled.");
        }
        return provider;
    }
}
