package io.octavialb.openstack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** Certificates and keys made by the JDK's keytool in a directory. */
final class Certificates {
    static final char[] PASSWORD = "changeit".toCharArray();

    private final Path directory;
    private final Path store;

    Certificates(Path directory) throws Exception {
        this.directory = directory;
        this.store = directory.resolve("all.p12");
        generate("ca", "RSA", "-ext", "bc:c", "-ext", "ku=keyCertSign");
        generate("other-ca", "RSA", "-ext", "bc:c", "-ext", "ku=keyCertSign");
        generate("server", "EC", "-signer", "ca", "-ext", "san=ip:127.0.0.1,dns:localhost");
        generate("elsewhere", "EC", "-signer", "ca", "-ext", "san=dns:elsewhere.example");
        generate("client-rsa", "RSA", "-signer", "ca");
        generate("client-ec", "EC", "-signer", "ca");
        generate("stranger", "RSA", "-signer", "other-ca");
    }

    private void generate(String alias, String algorithm, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-keyalg",
                algorithm,
                "-validity",
                "2",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD)));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    KeyStore store() throws GeneralSecurityException, IOException {
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            loaded.load(in, PASSWORD);
        }
        return loaded;
    }

    /** A key store with this certificate and key alone. */
    KeyStore only(String alias) throws GeneralSecurityException, IOException {
        KeyStore all = store();
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
        return one;
    }

    /** The path of the certificate as PEM. */
    String certificate(String alias) throws GeneralSecurityException, IOException {
        return pem(alias + ".crt", "CERTIFICATE", store().getCertificate(alias).getEncoded());
    }

    /** The path of the key as PKCS #8 PEM. */
    String key(String alias) throws GeneralSecurityException, IOException {
        return pem(alias + ".key", "PRIVATE KEY", pkcs8(alias));
    }

    /** The path of the key as OpenSSL wrote it of old: PKCS #1, or SEC 1 after the curve's parameters. */
    String oldKey(String alias, String label) throws GeneralSecurityException, IOException {
        return pem(alias + ".old.key", label, inner(pkcs8(alias)));
    }

    private byte[] pkcs8(String alias) throws GeneralSecurityException, IOException {
        Key key = Objects.requireNonNull(store().getKey(alias, PASSWORD));
        return key.getEncoded();
    }

    /** What the OCTET STRING holds that follows the version and the algorithm. */
    private static byte[] inner(byte[] pkcs8) {
        int position = header(pkcs8, 0);
        position += header(pkcs8, position) - position + 1;
        position = header(pkcs8, position) + (pkcs8[position + 1] & 0xff);
        return Arrays.copyOfRange(pkcs8, header(pkcs8, position), pkcs8.length);
    }

    /** Where the content of the element at this position starts. */
    private static int header(byte[] der, int position) {
        int length = der[position + 1] & 0xff;
        return position + 2 + (length < 0x80 ? 0 : length & 0x7f);
    }

    String pem(String file, String label, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return write(file, "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n");
    }

    String write(String file, String text) throws IOException {
        return Files.writeString(directory.resolve(file), text).toString();
    }
}
