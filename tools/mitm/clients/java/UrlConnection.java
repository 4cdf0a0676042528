import java.net.HttpURLConnection;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.X509TrustManager;

/** HttpsURLConnection whose pin is checked after the handshake, before the request is sent. */
final class UrlConnection {
  public static void main(String[] args) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new X509TrustManager[] {Order.trust()}, null);
    Order.follow(
        (url, step) -> {
          HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection(Order.proxy());
          connection.setConnectTimeout(8_000);
          connection.setReadTimeout(8_000);
          if (connection instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(context.getSocketFactory());
            secure.connect();
            check(secure, Order.pinsOf(secure.getURL().getHost()));
          }
          int status = connection.getResponseCode();
          connection.getInputStream().readAllBytes();
          return status;
        });
  }

  private static void check(HttpsURLConnection connection, List<String> pins) throws Exception {
    String pin = Order.pinOf((X509Certificate) connection.getServerCertificates()[0]);
    if (pins.contains(pin)) return;
    connection.disconnect();
    throw new SSLPeerUnverifiedException("no pin matches " + pin);
  }
}
