package io.octavialb.contract;

import io.octavialb.lab.Lab;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The contract on the real lab. */
@Tag(Lab.TAG)
class LabContractTest {
    private static Sessions sessions;

    @BeforeAll
    static void open() {
        sessions = new Sessions(new LabCloud());
    }

    @AfterAll
    static void close() {
        sessions.close();
    }

    @Nested
    class LoadBalancers extends LoadBalancerContract {
        LoadBalancers() {
            super(sessions);
        }
    }

    @Nested
    class States extends StateContract {
        States() {
            super(sessions);
        }
    }

    @Nested
    class Listeners extends ListenerContract {
        Listeners() {
            super(sessions);
        }
    }

    @Nested
    class Pools extends PoolContract {
        Pools() {
            super(sessions);
        }
    }

    @Nested
    class Monitors extends MonitorContract {
        Monitors() {
            super(sessions);
        }
    }

    @Nested
    class Members extends MemberContract {
        Members() {
            super(sessions);
        }
    }

    @Nested
    class FloatingIps extends FloatingIpContract {
        FloatingIps() {
            super(sessions);
        }
    }

    @Nested
    class Ports extends PortContract {
        Ports() {
            super(sessions);
        }
    }

    @Nested
    class SecurityGroups extends SecurityGroupContract {
        SecurityGroups() {
            super(sessions);
        }
    }

    @Nested
    class Networks extends NetworkContract {
        Networks() {
            super(sessions);
        }
    }

    @Nested
    class Identity extends IdentityContract {
        Identity() {
            super(sessions);
        }
    }

    @Nested
    class Catalogue extends CatalogueContract {
        Catalogue() {
            super(sessions);
        }
    }

    @Nested
    class Access extends AccessContract {
        Access() {
            super(sessions);
        }
    }

    @Nested
    class Listing extends ListingContract {
        Listing() {
            super(sessions);
        }
    }

    @Nested
    class Changes extends ChangeContract {
        Changes() {
            super(sessions);
        }
    }

    @Nested
    class Statuses extends StatusContract {
        Statuses() {
            super(sessions);
        }
    }

    @Nested
    class Quotas extends QuotaContract {
        Quotas() {
            super(sessions);
        }
    }
}
