package io.octavialb.openstack.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes an {@link SSLContext} from {@link TlsSettings}. */
public final class TlsContext {
    private TlsContext() {}

    /** Null when the JDK's default will do. Throws {@link IllegalArgumentException} that names the unusable text. */
    public static @Nullable SSLContext of(TlsSettings settings) {
        if (settings.equals(TlsSettings.DEFAULT)) {
            return null;
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManagerFactory keys = keys(settings);
            context.init(keys == null ? null : keys.getKeyManagers(), trust(settings), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("TLS can't be set up: " + e.getMessage(), e);
        }
    }

    private static TrustManager @Nullable [] trust(TlsSettings settings) throws GeneralSecurityException, IOException {
        if (settings.insecure()) {
            return new TrustManager[] {new TrustEverything()};
        }
        if (settings.ca() == null) {
            return null;
        }
        KeyStore store = emptyStore();
        int count = 0;
        for (Certificate authority : certificates("ca-file", settings.ca())) {
            store.setCertificateEntry("ca-" + count, authority);
            count++;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static @Nullable KeyManagerFactory keys(TlsSettings settings) throws GeneralSecurityException, IOException {
        if (settings.certificate() == null || settings.key() == null) {
            return null;
        }
        PrivateKey key = PemKey.read(settings.key());
        KeyStore store = emptyStore();
        char[] password = "".toCharArray();
        store.setKeyEntry(
                "client",
                key,
                password,
                certificates("cert-file", settings.certificate()).toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static List<Certificate> certificates(String option, String pem) throws GeneralSecurityException {
        List<Certificate> found = new ArrayList<>(CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        if (found.isEmpty()) {
            throw new GeneralSecurityException(option + " holds no PEM certificate");
        }
        return found;
    }

    /** An extended trust manager is not wrapped by the JDK's check of the host name. */
    private static final class TrustEverything extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
