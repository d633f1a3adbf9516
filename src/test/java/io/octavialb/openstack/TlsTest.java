package io.octavialb.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.octavialb.config.CloudConfig;
import io.octavialb.openstack.CloudException.Kind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS against real servers. */
class TlsTest {
    @TempDir
    static @Nullable Path directory;

    private static @Nullable Certificates made;
    private @Nullable HttpsServer server;

    @BeforeAll
    static void make() throws Exception {
        made = new Certificates(Objects.requireNonNull(directory));
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private static Certificates certificates() {
        return Objects.requireNonNull(made);
    }

    /** A Keystone that identifies itself by this certificate; gives its URL. */
    private String serve(String alias, boolean clientCertificate) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(certificates().only(alias), Certificates.PASSWORD);
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", certificates().store().getCertificate("ca"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        HttpsServer started = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = getSSLContext().getDefaultSSLParameters();
                tls.setNeedClientAuth(clientCertificate);
                parameters.setSSLParameters(tls);
            }
        });
        started.createContext("/", exchange -> {
            byte[] body = "{\"token\": {\"catalog\": []}}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("X-Subject-Token", "t");
            exchange.sendResponseHeaders(201, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        started.start();
        server = started;
        return "https://127.0.0.1:" + started.getAddress().getPort();
    }

    private static void logIn(CloudConfig.Global global) {
        var once = new Limits(16, 1, Duration.ofMillis(5), Duration.ofSeconds(5), Duration.ofSeconds(1));
        try (OpenStack cloud = OpenStack.open(global, Duration.ofSeconds(10), _ -> {}, InstantSource.system(), once)) {
            cloud.authenticate();
        }
    }

    private static void refused(CloudConfig.Global global, String words) {
        assertThatThrownBy(() -> logIn(global)).isInstanceOfSatisfying(CloudException.class, e -> {
            assertThat(e.fault().kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(e.fault().text()).contains(words);
        });
    }

    @Test
    void theRightCertificateAuthorityIsAccepted() throws Exception {
        logIn(Globals.tls(serve("server", false), certificates().certificate("ca"), null, null, false));
    }

    @Test
    void oneOfSeveralCertificateAuthoritiesIsEnough() throws Exception {
        String both = certificates()
                .write(
                        "both.crt",
                        "# two\n" + Files.readString(Path.of(certificates().certificate("other-ca"))) + "\n"
                                + Files.readString(Path.of(certificates().certificate("ca"))));
        logIn(Globals.tls(serve("server", false), both, null, null, false));
    }

    @Test
    void anotherCertificateAuthorityIsRefused() throws Exception {
        String url = serve("server", false);
        refused(
                Globals.tls(url, certificates().certificate("other-ca"), null, null, false),
                "unable to find valid certification path");
        refused(Globals.tls(url, null, null, null, false), "unable to find valid certification path");
    }

    @Test
    void anotherHostNameIsRefused() throws Exception {
        refused(
                Globals.tls(serve("elsewhere", false), certificates().certificate("ca"), null, null, false),
                "No subject alternative");
    }

    @Test
    void insecureAcceptsAnyCertificateAndHostName() throws Exception {
        String url = serve("elsewhere", false);
        logIn(Globals.tls(url, null, null, null, true));
        logIn(Globals.tls(url, certificates().certificate("other-ca"), null, null, true));
    }

    @Test
    void theClientCertificateIsPresented() throws Exception {
        String url = serve("server", true);
        String ca = certificates().certificate("ca");
        String rsa = certificates().certificate("client-rsa");
        String ec = certificates().certificate("client-ec");
        logIn(Globals.tls(url, ca, rsa, certificates().key("client-rsa"), false));
        logIn(Globals.tls(url, ca, rsa, certificates().oldKey("client-rsa", "RSA PRIVATE KEY"), false));
        logIn(Globals.tls(url, ca, ec, certificates().key("client-ec"), false));
        logIn(Globals.tls(url, ca, ec, certificates().oldKey("client-ec", "EC PRIVATE KEY"), false));
    }

    @Test
    void withoutOrWithAStrangersClientCertificateTheServerRefuses() throws Exception {
        String url = serve("server", true);
        String ca = certificates().certificate("ca");
        assertThatThrownBy(() -> logIn(Globals.tls(url, ca, null, null, false))).isInstanceOf(CloudException.class);
        String stranger = certificates().certificate("stranger");
        String key = certificates().key("stranger");
        assertThatThrownBy(() -> logIn(Globals.tls(url, ca, stranger, key, false)))
                .isInstanceOf(CloudException.class);
    }

    @Test
    void filesThatCanNotBeUsedAreNamed() throws Exception {
        Certificates some = certificates();
        String url = "https://127.0.0.1:1";
        String rsa = some.certificate("client-rsa");
        String encrypted = some.pem("encrypted.key", "ENCRYPTED PRIVATE KEY", new byte[] {1});
        unusable(Globals.tls(url, "/no/such/file", null, null, false), "ca-file=/no/such/file: no such file");
        unusable(Globals.tls(url, some.write("empty", ""), null, null, false), "there is no CERTIFICATE");
        unusable(
                Globals.tls(
                        url,
                        some.write("bad", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"),
                        null,
                        null,
                        false),
                "ca-file");
        unusable(Globals.tls(url, null, rsa, some.key("stranger"), false), "is not the key of the certificate");
        unusable(Globals.tls(url, null, rsa, some.key("client-ec"), false), "key-file");
        unusable(Globals.tls(url, null, rsa, encrypted, false), "encrypted");
        unusable(Globals.tls(url, null, rsa, rsa, false), "there is no PRIVATE KEY");
    }

    private static void unusable(CloudConfig.Global global, String words) {
        assertThatThrownBy(() -> logIn(global))
                .isInstanceOf(TlsFileException.class)
                .hasMessageContaining(words);
    }
}
