package io.octavialb.cloud;

import io.octavialb.openstack.CloudException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An API that refuses calls of some methods about some things, as often as they come. */
public final class RefusedRequests {
    private final Map<String, CloudException> refusals = new ConcurrentHashMap<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();

    /**
     * Refuses a method from now on.
     *
     * @param about a text in one of the arguments
     */
    public void refuse(String method, String about, CloudException refusal) {
        refusals.put(method + " " + about, refusal);
    }

    public void refuseNothing() {
        refusals.clear();
    }

    /** What was refused, method and thing, in order. */
    public List<String> refused() {
        return List.copyOf(refused);
    }

    <T> T of(Class<T> api, T cloud) {
        return api.cast(Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[] {api}, (_, method, args) -> {
            String asked = args == null ? "" : Arrays.toString(args);
            for (Map.Entry<String, CloudException> refusal : refusals.entrySet()) {
                String[] key = refusal.getKey().split(" ", 2);
                if (method.getName().equals(key[0]) && asked.contains(key[1])) {
                    refused.add(refusal.getKey());
                    throw refusal.getValue();
                }
            }
            try {
                return method.invoke(cloud, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
