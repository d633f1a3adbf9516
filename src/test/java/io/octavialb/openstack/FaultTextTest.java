package io.octavialb.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.octavialb.openstack.CloudException.Fault;
import io.octavialb.openstack.CloudException.Kind;
import io.octavialb.openstack.FakeCloud.Reply;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openstack4j.openstack.identity.v3.domain.KeystoneToken;

/** A fault says what the API says, and never a secret. */
class FaultTextTest {
    private final FakeCloud server = new FakeCloud();
    private final OpenStack cloud = server.open();

    @AfterEach
    void close() {
        cloud.close();
        server.close();
    }

    private CloudException failure(Reply reply) {
        server.answering(_ -> reply);
        return Objects.requireNonNull(
                catchThrowableOfType(CloudException.class, () -> cloud.octavia().deleteListener("id-1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"faultcode\": \"Client\", \"faultstring\": \"Wrong\", \"debuginfo\": null} | Wrong",
                "{\"NeutronError\": {\"type\": \"IpInUse\", \"message\": \"In use\", \"detail\": \"\"}} | In use",
                "{\"NeutronError\": \"Quota exceeded\"} | Quota exceeded",
                "{\"error\": {\"code\": 403, \"message\": \"Not allowed\", \"title\": \"Forbidden\"}} | Not allowed",
                "{\"message\": \"Slow down\"} | Slow down",
                "{\"badRequest\": {\"message\": \"Bad\", \"code\": 400}} | Bad",
                "{\"code\": 5} | {\"code\": 5}",
                "<html><head><title>x</title><style>b{}</style></head><body><h1>413</h1>Too &lt;large&gt;</body> | 413 Too <large>",
                "plain   words | plain words",
            })
    void theWordsOfTheFault(String body, String text) {
        Fault fault = failure(Reply.of(400, body)).fault();
        assertThat(fault.text()).isEqualTo(text);
        assertThat(fault.kind()).isEqualTo(Kind.BAD_REQUEST);
        assertThat(fault.requestId()).isEqualTo("req-1");
        assertThat(fault.request()).isEqualTo("DELETE /v2/lbaas/listeners/{id}");
    }

    @Test
    void anEmptyBodyAndALongOne() {
        assertThat(failure(Reply.of(409, "")).fault().text()).isEqualTo("no explanation");
        assertThat(failure(Reply.of(409, "<p></p>")).fault().text()).isEqualTo("no explanation");
        assertThat(failure(Reply.of(409, "w".repeat(3000))).fault().text()).hasSize(500);
        assertThat(failure(Reply.of(409, "w".repeat(499) + "😀")).fault().text())
                .hasSize(499);
    }

    @ParameterizedTest
    @CsvSource({
        "400,BAD_REQUEST",
        "401,UNAUTHENTICATED",
        "403,FORBIDDEN",
        "409,CONFLICT",
        "413,BAD_REQUEST",
        "429,TOO_MANY_REQUESTS",
        "500,SERVER_ERROR",
        "501,BAD_REQUEST",
        "503,SERVER_ERROR"
    })
    void theStatusTellsTheKind(int status, Kind kind) {
        assertThat(failure(Reply.of(status, "{}")).fault().kind()).isEqualTo(kind);
    }

    @Test
    void neutronsRequestIdWhereThereIsNoOther() {
        Reply reply = new Reply(409, Map.of("x-compute-request-id", "req-c"), "", Duration.ZERO);
        assertThat(failure(reply).fault().requestId()).isEqualTo("req-c");
    }

    @Test
    void secretsThatTheAnswerRepeatsDoNotShow() {
        String foreign = "gAAAAABn" + "x".repeat(120);
        String said = "token token-1, secret " + FakeCloud.SECRET + ", other " + foreign;
        for (Reply reply : new Reply[] {
            Reply.of(400, said),
            Reply.of(500, "{\"faultstring\": \"" + said + "\"}"),
            Reply.of(500, "<b>" + said + "</b>"),
            Reply.of(200, said),
            Reply.of(400, "x".repeat(490) + " " + FakeCloud.SECRET)
        }) {
            server.answering(_ -> reply);
            CloudException e = Objects.requireNonNull(catchThrowableOfType(
                    CloudException.class, () -> cloud.octavia().loadBalancersNamed("x")));
            StringWriter all = new StringWriter();
            e.printStackTrace(new PrintWriter(all));
            assertThat(all.toString() + e.fault())
                    .doesNotContain("token-1")
                    .doesNotContain(FakeCloud.SECRET.substring(0, 8))
                    .doesNotContain("gAAAA");
        }
    }

    @Test
    void nothingThatHoldsASecretPrintsIt() {
        var token = new KeystoneToken();
        token.setId("token-id");
        assertThat(new Session(token, Instant.EPOCH)).asString().doesNotContain("token-id");
        assertThat(Globals.plain("http://h", Globals.applicationCredential("id", FakeCloud.SECRET)))
                .asString()
                .doesNotContain(FakeCloud.SECRET);
    }

    @Test
    void whatIsNoIdIsNotSent() {
        for (String id : new String[] {"", " ", ".", ".."}) {
            assertThat(Objects.requireNonNull(catchThrowableOfType(
                                    CloudException.class, () -> cloud.octavia().loadBalancer(id)))
                            .fault()
                            .kind())
                    .isEqualTo(Kind.BAD_REQUEST);
        }
        assertThat(server.calls).isEmpty();
    }
}
