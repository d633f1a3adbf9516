package io.octavialb.openstack.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openstack4j.core.transport.ExecutionOptions;
import org.openstack4j.core.transport.HttpResponse;
import org.openstack4j.core.transport.ObjectMapperSingleton;

/** An answer, read to its end. */
final class JdkResponse implements HttpResponse {
    private final java.net.http.HttpResponse<byte[]> response;

    JdkResponse(java.net.http.HttpResponse<byte[]> response) {
        this.response = response;
    }

    @Override
    public <T> T getEntity(Class<T> returnType) {
        return readEntity(returnType);
    }

    @Override
    public <T> T getEntity(Class<T> returnType, @Nullable ExecutionOptions<T> options) {
        return readEntity(returnType);
    }

    @Override
    public <T> T readEntity(Class<T> typeToReadAs) {
        try {
            return ObjectMapperSingleton.getContext(typeToReadAs)
                    .readerFor(typeToReadAs)
                    .readValue(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int getStatus() {
        return response.statusCode();
    }

    @Override
    public @Nullable String getContentType() {
        return header("Content-Type");
    }

    @Override
    public String getStatusMessage() {
        return "HTTP " + response.statusCode();
    }

    @Override
    public InputStream getInputStream() {
        return new ByteArrayInputStream(response.body());
    }

    @Override
    public @Nullable String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    @Override
    public Map<String, String> headers() {
        return response.headers().map().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.join(", ", entry.getValue())));
    }

    @Override
    public void close() {
        // The body is in memory and the connection is back in the pool.
    }
}
