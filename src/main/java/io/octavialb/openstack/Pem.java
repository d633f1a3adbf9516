package io.octavialb.openstack;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and private keys in PEM (RFC 7468), and the older forms of keys that OpenSSL writes. */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*(?:-(?!----END)[^-]*)*)-----END \\1-----");

    private record Block(String label, String base64) {
        byte[] content() throws CertificateException {
            try {
                return Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
            } catch (IllegalArgumentException e) {
                throw new CertificateException("it is no PEM", e);
            }
        }
    }

    private Pem() {}

    /** All certificates of the text; other blocks are passed over. */
    static List<X509Certificate> certificates(String text) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks(text)) {
            if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
                certificates.add(
                        (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.content())));
            }
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("there is no CERTIFICATE in it");
        }
        return certificates;
    }

    /** The private key that belongs to a certificate's public key: PKCS #8, PKCS #1 (RSA) or SEC 1 (EC). */
    static PrivateKey privateKey(String text, PublicKey publicKey) throws GeneralSecurityException {
        for (Block block : blocks(text)) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return key(publicKey, block.content());
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
                    return key(publicKey, pkcs8(publicKey, block.content()));
                }
                case "ENCRYPTED PRIVATE KEY" -> throw encrypted();
                default -> {}
            }
        }
        throw text.contains("ENCRYPTED") ? encrypted() : new GeneralSecurityException("there is no PRIVATE KEY in it");
    }

    private static GeneralSecurityException encrypted() {
        return new GeneralSecurityException("the key is encrypted: decrypt it with openssl pkey -in FILE -out NEW");
    }

    private static PrivateKey key(PublicKey publicKey, byte[] pkcs8) throws GeneralSecurityException {
        return KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /**
     * Wraps an older form (RFC 5208 section 5): version 0, the algorithm, the key.
     *
     * <p>The algorithm, for EC with its curve, is the one that the certificate's public key begins with.
     */
    private static byte[] pkcs8(PublicKey publicKey, byte[] key) {
        byte[] version = {0x02, 0x01, 0x00};
        return der(0x30, version, firstPart(publicKey.getEncoded()), der(0x04, key));
    }

    /** The first element inside a DER sequence, with its tag and length. */
    private static byte[] firstPart(byte[] sequence) {
        int start = contentStart(sequence, 0);
        int content = contentStart(sequence, start);
        int length = length(sequence, start);
        return Arrays.copyOfRange(sequence, start, content + length);
    }

    private static int contentStart(byte[] der, int tag) {
        int first = der[tag + 1] & 0xff;
        return tag + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int length(byte[] der, int tag) {
        int first = der[tag + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = (length << 8) | (der[tag + 2 + i] & 0xff);
        }
        return length;
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        int length = content.size();
        if (length < 0x80) {
            element.write(length);
        } else {
            element.write(0x82);
            element.write(length >> 8);
            element.write(length);
        }
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    /** Blocks with headers inside, as OpenSSL encrypted them of old, are passed over. */
    private static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            String base64 = Objects.requireNonNull(matcher.group(2));
            if (!base64.contains("ENCRYPTED")) {
                blocks.add(new Block(Objects.requireNonNull(matcher.group(1)), base64));
            }
        }
        return blocks;
    }
}
