package io.octavialb.contract;

import io.octavialb.embedded.openstack.EmbeddedOpenStack;
import io.octavialb.embedded.openstack.OpenStackServer;
import io.octavialb.lab.Lab.ApplicationCredential;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** The OpenStack in memory, over HTTP. */
final class EmbeddedCloud implements CloudUnderTest, AutoCloseable {
    private final AtomicLong secondsPassed = new AtomicLong();
    private final EmbeddedOpenStack cloud =
            new EmbeddedOpenStack(() -> Instant.now().plusSeconds(secondsPassed.get()));
    private final OpenStackServer server = new OpenStackServer(cloud);

    @Override
    public URI authUrl() {
        return URI.create(server.authUrl());
    }

    @Override
    public ApplicationCredential applicationCredential() {
        return new ApplicationCredential(cloud.applicationCredentialId(), cloud.applicationCredentialSecret());
    }

    @Override
    public String project(String name) {
        return cloud.project(name);
    }

    @Override
    public String network(String name) {
        return cloud.network(name);
    }

    @Override
    public String subnet(String name) {
        return cloud.subnet(name);
    }

    @Override
    public String port(String name) {
        return cloud.port(name);
    }

    @Override
    public String securityGroup(String name) {
        return cloud.securityGroup(name);
    }

    @Override
    public String flavor(String name) {
        return cloud.flavor(name);
    }

    @Override
    public void putInError(String loadBalancerId) {
        cloud.provisioningStatus(loadBalancerId, "ERROR");
    }

    @Override
    public Hold hold() {
        cloud.hold();
        return cloud::release;
    }

    @Override
    public void passASecond() {
        secondsPassed.incrementAndGet();
    }

    @Override
    public String createProject(String name) {
        return cloud.addProject(name);
    }

    @Override
    public void deleteProject(String id) {
        cloud.removeProject(id);
    }

    @Override
    public void close() {
        server.close();
    }
}
