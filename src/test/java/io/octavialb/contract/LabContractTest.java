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
}
