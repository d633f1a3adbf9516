package io.octavialb.netns;

import java.util.Arrays;
import java.util.Locale;

/** Figures of one kind, in ascending order. */
final class Samples {
    private final double[] sorted;

    Samples(double[] figures) {
        sorted = figures.clone();
        Arrays.sort(sorted);
    }

    int count() {
        return sorted.length;
    }

    double min() {
        return sorted[0];
    }

    double max() {
        return sorted[sorted.length - 1];
    }

    /** The mean of the middle two when their number is even. */
    double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The smallest figure that this share of all does not exceed. */
    double quantile(double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /** Minimum, median and maximum. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f / %.1f / %.1f", min(), median(), max());
    }
}
