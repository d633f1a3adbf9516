package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** {@code revision_number}, {@code created_at} and {@code updated_at} of Neutron's resources. */
final class Revisions {
    private static final String CONSTRAINT = "revision_number=";

    private Revisions() {}

    static ObjectNode first(CloudState state, ObjectNode row, int revision) {
        state.created(row);
        return row.put("created_at", state.neutronNow())
                .put("updated_at", state.neutronNow())
                .put("revision_number", revision);
    }

    static void bump(CloudState state, ObjectNode row) {
        row.put("updated_at", state.neutronNow())
                .put("revision_number", row.path("revision_number").asInt() + 1);
    }

    /** 412 unless the row is at the revision that {@code If-Match: revision_number=N} wants. */
    static void check(ObjectNode row, @Nullable String ifMatch) {
        if (ifMatch != null && ifMatch.startsWith(CONSTRAINT)) {
            String wanted = ifMatch.substring(CONSTRAINT.length());
            String current = row.path("revision_number").asText();
            if (!wanted.equals(current)) {
                throw Refusal.neutron(
                        412,
                        "RevisionNumberConstraintFailed",
                        "Constrained to " + wanted + ", but current revision is " + current);
            }
        }
    }
}
