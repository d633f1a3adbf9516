package io.octavialb.crash;

/**
 * A call of an operation, and what happens at it; as text {@code create/POST loadbalancers#1/lost}.
 *
 * @param call without ids
 * @param number the first call of that kind in the operation is 1
 */
record Point(String operation, String call, int number, Mode mode) {
    static Point parse(String text) {
        int first = text.indexOf('/');
        int last = text.lastIndexOf('/');
        int number = text.lastIndexOf('#', last);
        if (first < 0 || number < first) {
            throw new IllegalArgumentException("'" + text + "' is no point such as create/POST loadbalancers#1/lost");
        }
        return new Point(
                text.substring(0, first),
                text.substring(first + 1, number),
                Integer.parseInt(text.substring(number + 1, last)),
                Mode.of(text.substring(last + 1)));
    }

    @Override
    public String toString() {
        return operation + "/" + call + "#" + number + "/" + mode.word();
    }
}
