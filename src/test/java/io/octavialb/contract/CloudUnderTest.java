package io.octavialb.contract;

import io.octavialb.lab.Lab.ApplicationCredential;
import java.net.URI;

/**
 * A cloud with the contents of {@code src/lab/README.md}, and the few controls that no API has.
 *
 * <p>Names are those of that file's table, ids are the cloud's own. Accounts are those of {@link Account}.
 */
interface CloudUnderTest {
    /** Keystone's URL with its version. */
    URI authUrl();

    ApplicationCredential applicationCredential();

    String project(String name);

    String network(String name);

    String subnet(String name);

    String port(String name);

    String securityGroup(String name);

    String flavor(String name);

    /** Puts a load balancer in provisioning_status ERROR. */
    void putInError(String loadBalancerId);

    /** Keeps load balancers that are PENDING, and those that become so, in that state until the hold is closed. */
    Hold hold();

    /** Returns in a later second of the cloud's clock; Octavia's timestamps have seconds. */
    void passASecond();

    /**
     * A project of the name given, that account {@link Account#CONTROLLER}'s user may use as it uses its own: role member
     * and load-balancer_member. It stays until {@link #deleteProject}.
     *
     * @return its id
     */
    String createProject(String name);

    /** Deletes a project that has no resources any more. */
    void deleteProject(String id);

    /** Load balancers stay PENDING while it is open. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }
}
