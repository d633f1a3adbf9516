package io.octavialb.openstack;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks that what was read has all that its type promises.
 *
 * <p>Jackson fills what an answer leaves out with null, whatever the component's type says: a body that is not what the
 * API promises would otherwise fail far from here, or be taken for a resource without an id.
 */
final class Required {
    private static final ClassValue<List<RecordComponent>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            return components == null ? List.of() : List.copyOf(Arrays.asList(components));
        }
    };

    private Required() {}

    /** The value; throws {@link IllegalArgumentException} when a component that is not {@code @Nullable} is null. */
    static <T> T checked(T value) {
        if (value == null) {
            throw new IllegalArgumentException("null where a resource is due");
        }
        for (RecordComponent component : COMPONENTS.get(value.getClass())) {
            Object part = part(component, value);
            if (part == null) {
                require(component, value.getClass());
            } else if (part instanceof List<?> list) {
                list.forEach(Required::checked);
            } else if (part instanceof Record) {
                checked(part);
            }
        }
        return value;
    }

    private static void require(RecordComponent component, Class<?> type) {
        if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            throw new IllegalArgumentException("a " + type.getSimpleName() + " without " + component.getName());
        }
    }

    private static @Nullable Object part(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a record hides " + component, e);
        }
    }
}
