package io.octavialb.kubernetes;

import io.octavialb.model.Notice;

/** An event about a Service, with the types, reasons and messages of Kubernetes' service controller. */
record ServiceEvent(Type type, String reason, String message) {
    /** As {@code type} of a core/v1 Event has it. */
    enum Type {
        Normal,
        Warning
    }

    static final ServiceEvent ENSURING = normal("EnsuringLoadBalancer", "Ensuring load balancer");
    static final ServiceEvent ENSURED = normal("EnsuredLoadBalancer", "Ensured load balancer");
    static final ServiceEvent UPDATED = normal("UpdatedLoadBalancer", "Updated load balancer with new hosts");
    static final ServiceEvent DELETING = normal("DeletingLoadBalancer", "Deleting load balancer");
    static final ServiceEvent DELETED = normal("DeletedLoadBalancer", "Deleted load balancer");

    static ServiceEvent warning(Notice notice) {
        return new ServiceEvent(Type.Warning, notice.reason(), notice.message());
    }

    static ServiceEvent anotherController(String manager) {
        return new ServiceEvent(
                Type.Warning,
                "AnotherServiceController",
                "\"" + manager + "\" writes to this Service as a service controller does: switch it off there with"
                        + " --controllers=*,-service-lb-controller; nothing is changed for this Service until it has"
                        + " been quiet for a while");
    }

    private static ServiceEvent normal(String reason, String message) {
        return new ServiceEvent(Type.Normal, reason, message);
    }
}
