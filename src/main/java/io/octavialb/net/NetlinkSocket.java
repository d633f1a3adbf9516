package io.octavialb.net;

/** stub */
final class NetlinkSocket implements AutoCloseable {
    static NetlinkSocket open(int groups) throws SystemCallException { throw new UnsupportedOperationException(); }
    void waitForAnswers() throws SystemCallException {}
    int fd() { return 0; }
    @Override
    public void close() {}
}
