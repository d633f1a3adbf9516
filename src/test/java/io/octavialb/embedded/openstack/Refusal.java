package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Ends a request with an error answer, in the words and the form of the API that refuses. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final String UNAUTHENTICATED = "The request you have made requires authentication.";

    private final transient CloudAnswer answer;

    private Refusal(CloudAnswer answer) {
        super(String.valueOf(answer.body()), null, false, false);
        this.answer = answer;
    }

    CloudAnswer answer() {
        return answer;
    }

    /** Octavia's WSME faults: {@code {"faultcode", "faultstring", "debuginfo"}}. */
    static Refusal octavia(int status, String fault) {
        ObjectNode body = object().put("faultcode", status < 500 ? "Client" : "Server")
                .put("faultstring", fault)
                .putNull("debuginfo");
        return new Refusal(CloudAnswer.of(status, body));
    }

    /** "Validation failure: ..." of Octavia. */
    static Refusal invalid(String detail) {
        return octavia(400, "Validation failure: " + detail);
    }

    static Refusal notFound(String resource, String id) {
        return octavia(404, resource + " " + id + " not found.");
    }

    static Refusal forbidden() {
        return octavia(403, "Policy does not allow this request to be performed.");
    }

    /** What Octavia's routing (Pecan) answers, before a controller is reached. */
    static Refusal octaviaRouting(int status, String title, String description) {
        return new Refusal(CloudAnswer.of(
                status, object().put("code", status).put("title", title).put("description", description)));
    }

    static Refusal neutron(int status, String type, String message) {
        ObjectNode body = object();
        body.putObject("NeutronError").put("type", type).put("message", message).put("detail", "");
        return new Refusal(CloudAnswer.of(status, body));
    }

    static Refusal keystone(int status, String title, String message) {
        return new Refusal(CloudAnswer.of(status, keystoneError(status, title, message)));
    }

    /** 401 of Keystone, and of keystonemiddleware in front of the other APIs. */
    static Refusal unauthenticated() {
        return new Refusal(new CloudAnswer(
                401,
                Map.of("WWW-Authenticate", "Keystone uri=\"http://127.0.0.1/identity\""),
                keystoneError(401, "Unauthorized", UNAUTHENTICATED)));
    }

    private static ObjectNode keystoneError(int status, String title, String message) {
        ObjectNode body = object();
        body.putObject("error").put("code", status).put("message", message).put("title", title);
        return body;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
