package io.octavialb.cloud;

import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.CloudException.Fault;
import io.octavialb.openstack.CloudException.Kind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.regex.Pattern;

/** An API that does what it is asked to change, and whose answers to that never arrive. */
final class LostAnswers {
    private static final Pattern MUTATION = Pattern.compile("(create|update|delete|replace|bind).*");

    private LostAnswers() {}

    static <T> T of(Class<T> api, T cloud) {
        return api.cast(Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[] {api}, (_, method, arguments) -> {
            Object answer;
            try {
                answer = method.invoke(cloud, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            if (MUTATION.matcher(method.getName()).matches()) {
                throw new CloudException(
                        new Fault(Kind.NO_ANSWER, method.getName(), true, 0, "the connection was lost", null, null),
                        null);
            }
            return answer;
        }));
    }
}
