package io.octavialb.embedded.openstack;

/** Is told of every exchange, in the thread that answers it, and may end the connection instead. */
public interface ExchangeObserver {
    /** What becomes of the connection. */
    enum Fate {
        GOES_ON,
        IS_LOST
    }

    /** Before anything is done; when the connection is lost here, nothing is. */
    default Fate before(CloudRequest request) {
        return Fate.GOES_ON;
    }

    /** After all was done; when the connection is lost here, the caller never learns of it. */
    default Fate after(Exchange exchange) {
        return Fate.GOES_ON;
    }
}
