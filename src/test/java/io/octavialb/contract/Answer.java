package io.octavialb.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/** What a cloud answered: status, headers, and the body as JSON (missing when empty). */
record Answer(String request, int status, HttpHeaders headers, JsonNode body) {
    /** The body, when the status is the one expected. */
    JsonNode expect(int expected) {
        assertThat(status).as(this::toString).isEqualTo(expected);
        return body;
    }

    /** Checks the status and that the body is exactly this (lenient) JSON. */
    void expect(int expected, String json) {
        expect(expected);
        assertThat(body).as(this::toString).isEqualTo(Json.read(json));
    }

    /** Checks that Octavia refused, in the words given, with its usual body. */
    void refused(int expected, String faultstring) {
        expect(expected);
        assertThat(Json.text(body, "/faultstring")).as(this::toString).isEqualTo(faultstring);
        assertThat(Json.text(body, "/faultcode")).as(this::toString).isEqualTo(expected < 500 ? "Client" : "Server");
        assertThat(body.path("debuginfo").isNull()).as(this::toString).isTrue();
    }

    /** Checks that Neutron refused with this exception and message. */
    void refused(int expected, String type, String message) {
        expect(expected);
        assertThat(Json.text(body, "/NeutronError/type")).as(this::toString).isEqualTo(type);
        assertThat(Json.text(body, "/NeutronError/message")).as(this::toString).isEqualTo(message);
        assertThat(Json.text(body, "/NeutronError/detail")).as(this::toString).isEmpty();
    }

    @Override
    public String toString() {
        return request + " -> " + status + " " + body;
    }
}
