import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import okhttp3.CertificatePinner;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp with its CertificatePinner: every pin for each host that is asked. */
final class OkHttp {
  public static void main(String[] args) throws Exception {
    X509TrustManager trust = Order.trust();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new X509TrustManager[] {trust}, null);
    OkHttpClient client =
        new OkHttpClient.Builder()
            .sslSocketFactory(context.getSocketFactory(), trust)
            .proxy(Order.proxy())
            .callTimeout(Duration.ofSeconds(20))
            .certificatePinner(pinner())
            .build();
    Order.follow(
        url -> {
          try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
            response.body().bytes();
            return response.code();
          }
        });
  }

  private static CertificatePinner pinner() {
    CertificatePinner.Builder pinner = new CertificatePinner.Builder();
    for (String name : new String[] {"ASSAY_URL", "ASSAY_SECOND_URL"}) {
      String url = System.getenv(name);
      if (url == null) continue;
      String host = URI.create(url).getHost();
      for (String pin : Order.pins()) pinner.add(host, "sha256/" + pin);
    }
    return pinner.build();
  }
}
