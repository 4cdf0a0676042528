import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** What the harness asks of its client, as the environment has it. */
final class Order {
  interface Request {
    int send(String url, String step) throws Exception;
  }

  private static final Map<String, String> URLS =
      Map.of("request", "ASSAY_URL", "websocket", "ASSAY_URL", "second-host", "ASSAY_SECOND_URL", "plain-request", "ASSAY_PLAIN_URL");

  private Order() {}

  /** The keys that are right for a host: the second host has one of its own. */
  static List<String> pinsOf(String host) {
    List<String> pins = List.of(System.getenv("ASSAY_PINS").split(","));
    String second = System.getenv("ASSAY_SECOND_URL");
    return second != null && URI.create(second).getHost().equals(host) ? pins.subList(1, 2) : pins;
  }

  static Proxy proxy() {
    String address = System.getenv("HTTPS_PROXY");
    if (address == null) return Proxy.NO_PROXY;
    URI uri = URI.create(address);
    return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(uri.getHost(), uri.getPort()));
  }

  /** Trusts the authority of the harness and no other. */
  static X509TrustManager trust() throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(Path.of(System.getenv("ASSAY_CA")))) {
      store.setCertificateEntry("lab", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }

  static String pinOf(X509Certificate certificate) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded());
    return Base64.getEncoder().encodeToString(digest);
  }

  /** Makes each step's request, whatever became of the one before. */
  static void follow(Request request) {
    boolean failed = false;
    for (String step : System.getenv().getOrDefault("ASSAY_STEPS", "request").split(",")) {
      if (!URLS.containsKey(step)) continue;
      try {
        System.out.println(step + ": " + request.send(System.getenv(URLS.get(step)), step));
      } catch (Exception error) {
        System.err.println(step + ": " + error);
        failed = true;
      }
    }
    System.exit(failed ? 1 : 0);
  }
}
