package io.octavialb.openstack;

import io.octavialb.config.CloudConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes the TLS context that {@code [Global]} describes: {@code ca-file}, {@code cert-file}, {@code tls-insecure}. */
final class Tls {
    private static final char[] NO_PASSWORD = new char[0];

    private Tls() {}

    /** A context of its own for every call; throws {@link TlsFileException} that names the file at fault. */
    static SSLContext context(CloudConfig.Global global) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(global.certFile(), global.keyFile()), trust(global), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java can't do TLS", e);
        }
    }

    /** Null leaves it to the system's certificate authorities. */
    private static TrustManager @Nullable [] trust(CloudConfig.Global global)
            throws GeneralSecurityException, IOException {
        if (global.tlsInsecure()) {
            return new TrustManager[] {new AnyCertificate()};
        }
        if (global.caFile() == null) {
            return null;
        }
        KeyStore store = emptyStore();
        for (X509Certificate certificate : certificates("ca-file", global.caFile())) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] keys(@Nullable String certFile, @Nullable String keyFile)
            throws GeneralSecurityException, IOException {
        if (certFile == null || keyFile == null) {
            return null;
        }
        List<X509Certificate> chain = certificates("cert-file", certFile);
        PrivateKey key = key(keyFile, chain.getFirst().getPublicKey(), certFile);
        KeyStore store = emptyStore();
        store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static List<X509Certificate> certificates(String option, String file) {
        try {
            return Pem.certificates(text(option, file));
        } catch (GeneralSecurityException e) {
            throw new TlsFileException(option, file, e.getMessage() + "; give PEM (-----BEGIN CERTIFICATE-----)", e);
        }
    }

    private static PrivateKey key(String file, PublicKey publicKey, String certFile) {
        PrivateKey key;
        try {
            key = Pem.privateKey(text("key-file", file), publicKey);
        } catch (GeneralSecurityException e) {
            // Without the cause: a parser's message may quote the key.
            String reason = e.getCause() == null ? e.getMessage() : "not a private key of the kind of its certificate";
            throw new TlsFileException("key-file", file, reason + "; give a PEM key that is not encrypted", null);
        }
        if (!belongTogether(key, publicKey)) {
            throw new TlsFileException("key-file", file, "is not the key of the certificate in " + certFile, null);
        }
        return key;
    }

    private static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
        try {
            String algorithm = switch (key.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> key.getAlgorithm();
            };
            byte[] text = new byte[32];
            new SecureRandom().nextBytes(text);
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String text(String option, String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new TlsFileException(option, file, "no such file", e);
        } catch (IOException e) {
            throw new TlsFileException(option, file, "can't be read as text: " + e, e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
