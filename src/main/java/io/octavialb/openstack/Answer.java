package io.octavialb.openstack;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openstack4j.core.transport.ExecutionOptions;
import org.openstack4j.core.transport.HttpResponse;
import org.openstack4j.core.transport.ObjectMapperSingleton;

/** A whole answer in memory, as openstack4j passes it on. */
final class Answer implements HttpResponse {
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    Answer(int status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    byte[] body() {
        return body;
    }

    Optional<String> find(String header) {
        return headers.firstValue(header);
    }

    /** What the cloud's operator finds the request by in the logs. */
    @Nullable
    String requestId() {
        return find("x-openstack-request-id")
                .or(() -> find("x-compute-request-id"))
                .orElse(null);
    }

    /** Reads a model of openstack4j (Keystone's token), which has a mapper of its own. */
    @Override
    public <T> T readEntity(Class<T> type) {
        try {
            T entity = ObjectMapperSingleton.getContext(type).readValue(body, type);
            if (entity != null) {
                return entity;
            }
        } catch (IOException e) {
            throw ExchangeException.malformed(this, Json.reason(e));
        }
        throw ExchangeException.malformed(this, "it is null");
    }

    @Override
    public <T> T getEntity(Class<T> type) {
        return readEntity(type);
    }

    @Override
    public <T> T getEntity(Class<T> type, ExecutionOptions<T> options) {
        return readEntity(type);
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public String getContentType() {
        return find("content-type").orElse("");
    }

    @Override
    public String getStatusMessage() {
        return "";
    }

    @Override
    public InputStream getInputStream() {
        return new ByteArrayInputStream(body);
    }

    @Override
    public @Nullable String header(String name) {
        return find(name).orElse(null);
    }

    @Override
    public Map<String, String> headers() {
        Map<String, String> first = new HashMap<>();
        headers.map().forEach((name, values) -> first.put(name, values.getFirst()));
        return first;
    }

    @Override
    public void close() {}
}
