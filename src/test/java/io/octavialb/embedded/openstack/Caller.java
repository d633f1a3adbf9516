package io.octavialb.embedded.openstack;

import java.util.Set;

/** Who a token stands for: a user in a project, with roles there. */
record Caller(String userId, String userName, String projectId, String projectName, Set<String> roles) {
    boolean admin() {
        return roles.contains("admin");
    }

    boolean mayChange() {
        return admin() || roles.contains("member");
    }

    /** Whether it may see what belongs to a project. */
    boolean sees(String ownerProjectId) {
        return admin() || projectId.equals(ownerProjectId);
    }
}
