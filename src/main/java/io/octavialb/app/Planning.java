package io.octavialb.app;

import io.octavialb.app.PlanInput.Subject;
import io.octavialb.config.CloudConfig;
import io.octavialb.config.MemberTarget;
import io.octavialb.config.ServiceOptions;
import io.octavialb.kubernetes.ClusterReader;
import io.octavialb.kubernetes.Conversion;
import io.octavialb.kubernetes.Duty;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.openstack.OpenStack;
import io.octavialb.reconcile.CloudReconciliation;
import io.octavialb.reconcile.LoadBalancerWatch;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;

/** Plans Services as the controller would, several at once. */
record Planning(CloudConfig config, ClusterIdentity cluster, OpenStack cloud) {
    private static final int AT_ONCE = 10;

    List<ServicePlan> of(PlanInput input) {
        try (LoadBalancerWatch watch = new LoadBalancerWatch(cloud.octavia(), _ -> {})) {
            CloudReconciliation reconciliation = new CloudReconciliation(
                    config, cluster, cloud.octavia(), cloud.neutron(), watch, InstantSource.system());
            return input.subjects().stream()
                    .gather(Gatherers.mapConcurrent(AT_ONCE, subject -> plan(reconciliation, input, subject)))
                    .toList();
        }
    }

    private static ServicePlan plan(CloudReconciliation reconciliation, PlanInput input, Subject subject) {
        Service service = Conversion.service(subject.service());
        Duty duty = ClusterReader.duty(subject.service(), input.loadBalancerClass());
        return switch (duty) {
            case ENSURE ->
                ServicePlan.of(
                        service.key(),
                        duty,
                        reconciliation.preview(withPods(service, input), input.nodes()),
                        subject.notices());
            case RELEASE -> ServicePlan.of(service.key(), duty, reconciliation.previewRelease(service), List.of());
            case NONE -> ServicePlan.notServed(service.key(), why(service, input.loadBalancerClass()));
        };
    }

    private static Service withPods(Service service, PlanInput input) {
        return ServiceOptions.parse(service).options().memberTarget() == MemberTarget.POD
                ? service.withEndpoints(input.endpoints().apply(service.key()))
                : service;
    }

    private static String why(Service service, @Nullable String served) {
        if (service.deleting()) {
            return "it is being deleted, and nothing of it is held";
        }
        if (!service.type().equals("LoadBalancer")) {
            return "its type is " + service.type();
        }
        String own = service.loadBalancerClass();
        return (own == null ? "it has no loadBalancerClass" : "its loadBalancerClass is " + own)
                + (served == null ? "" : ", and --load-balancer-class is " + served);
    }
}
