package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An {@link EmbeddedOpenStack} over HTTP on a free port of the loopback address.
 *
 * <p>WireMock serves the files of {@code wiremock-stubs/mappings}; its catch-all mapping hands everything else to the
 * cloud. Faults are the files of {@code wiremock-stubs/faults}.
 */
public final class OpenStackServer implements AutoCloseable {
    private static final int THREADS = 64;

    private final EmbeddedOpenStack cloud;
    private final ActiveFaults faults = new ActiveFaults();
    private final WireMockServer server;

    public OpenStackServer(EmbeddedOpenStack cloud) {
        this(cloud, 0);
    }

    /** On a port of one's own; 0 takes a free one. */
    public OpenStackServer(EmbeddedOpenStack cloud, int port) {
        this.cloud = cloud;
        WireMockConfiguration options = WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .usingFilesUnderDirectory(StubFiles.ROOT.toString())
                .disableRequestJournal()
                .containerThreads(THREADS)
                .asynchronousResponseEnabled(true)
                .asynchronousResponseThreads(THREADS / 2)
                .http2PlainDisabled(true)
                .extensions(new CloudTransformer());
        server = new WireMockServer(port == 0 ? options.dynamicPort() : options.port(port));
        server.start();
        cloud.baseUrl(url());
    }

    public EmbeddedOpenStack cloud() {
        return cloud;
    }

    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** Keystone's URL with its version. */
    public String authUrl() {
        return url() + "/identity/v3";
    }

    /** Neutron's URL without a version. */
    public String networkUrl() {
        return url() + "/networking";
    }

    /** Octavia's URL without a version. */
    public String loadBalancerUrl() {
        return url() + "/load-balancer";
    }

    /** Puts {@code wiremock-stubs/faults/NAME.json} in force, until {@link #clearFaults}. */
    public OpenStackServer fault(String name) {
        return fault(name, Integer.MAX_VALUE);
    }

    /** Puts {@code wiremock-stubs/faults/NAME.json} in force for the next so many requests that match it. */
    public OpenStackServer fault(String name, int times) {
        faults.add(name, times);
        return this;
    }

    public void clearFaults() {
        faults.clear();
    }

    @Override
    public void close() {
        server.stop();
    }

    private final class CloudTransformer implements ResponseDefinitionTransformerV2 {
        @Override
        public String getName() {
            return "embedded-openstack";
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            CloudRequest request = cloudRequest(event.getRequest());
            try {
                Optional<StubMapping> fault = faults.strike(event.getRequest());
                return fault.isPresent()
                        ? spoilt(request, fault.get())
                        : answered(request, event.getResponseDefinition());
            } catch (ConnectionLost e) {
                return ResponseDefinitionBuilder.responseDefinition()
                        .withFault(Fault.CONNECTION_RESET_BY_PEER)
                        .build();
            }
        }
    }

    private ResponseDefinition spoilt(CloudRequest request, StubMapping fault) {
        ResponseDefinition response = fault.getResponse();
        if (ActiveFaults.worksFirst(fault)) {
            cloud.answer(request);
        } else if (response.getStatus() == 200 && response.getFixedDelayMilliseconds() != null) {
            return delayed(cloud.answer(request), response.getFixedDelayMilliseconds());
        } else {
            cloud.tell(new Exchange(request, CloudAnswer.empty(response.getStatus())));
        }
        return response;
    }

    private static ResponseDefinition delayed(CloudAnswer answer, int milliseconds) {
        return builder(answer).withFixedDelay(milliseconds).build();
    }

    private ResponseDefinition answered(CloudRequest request, ResponseDefinition mapped) {
        boolean byCloud = mapped.getTransformerParameters() != null
                && mapped.getTransformerParameters().getBoolean("by-cloud", false);
        return byCloud ? builder(cloud.answer(request)).build() : mapped;
    }

    private static ResponseDefinitionBuilder builder(CloudAnswer answer) {
        ResponseDefinitionBuilder builder =
                ResponseDefinitionBuilder.responseDefinition().withStatus(answer.status());
        answer.headers().forEach(builder::withHeader);
        if (answer.body() != null) {
            builder.withHeader("Content-Type", "application/json")
                    .withBody(answer.body().toString());
        }
        return builder;
    }

    private static CloudRequest cloudRequest(Request request) {
        String url = request.getUrl();
        int question = url.indexOf('?');
        Map<String, String> headers = new HashMap<>();
        request.getHeaders()
                .all()
                .forEach(header -> headers.put(header.key().toLowerCase(Locale.ROOT), header.firstValue()));
        return new CloudRequest(
                request.getMethod().value(),
                question < 0 ? url : url.substring(0, question),
                CloudRequest.parsed(question < 0 ? "" : url.substring(question + 1)),
                headers,
                body(request.getBodyAsString()));
    }

    private static @Nullable JsonNode body(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return CloudState.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
