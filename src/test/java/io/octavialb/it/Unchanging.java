package io.octavialb.it;

import org.hamcrest.BaseMatcher;
import org.hamcrest.Description;
import org.jspecify.annotations.Nullable;

/** Matches a value that is the one it was asked about before. */
final class Unchanging extends BaseMatcher<Integer> {
    private @Nullable Object before;

    @Override
    public boolean matches(Object value) {
        boolean same = value.equals(before);
        before = value;
        return same;
    }

    @Override
    public void describeTo(Description description) {
        description.appendText("unchanged");
    }
}
