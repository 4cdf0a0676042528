import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import okhttp3.CertificatePinner;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

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
            .callTimeout(Duration.ofSeconds(8))
            .certificatePinner(pinner())
            .build();
    Order.follow(
        (url, step) -> {
          if (step.equals("websocket")) return open(client, url);
          try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
            response.body().bytes();
            return response.code();
          }
        });
  }

  private static int open(OkHttpClient client, String url) throws Exception {
    CompletableFuture<Integer> opened = new CompletableFuture<>();
    WebSocketListener listener =
        new WebSocketListener() {
          @Override
          public void onOpen(WebSocket socket, Response response) {
            socket.cancel();
            opened.complete(response.code());
          }

          @Override
          public void onFailure(WebSocket socket, Throwable error, Response response) {
            opened.completeExceptionally(error);
          }
        };
    client.newWebSocket(new Request.Builder().url(url).build(), listener);
    return opened.get();
  }

  /** The second host has a key of its own. */
  private static CertificatePinner pinner() {
    CertificatePinner.Builder pinner = new CertificatePinner.Builder();
    for (String name : List.of("ASSAY_URL", "ASSAY_SECOND_URL")) {
      String url = System.getenv(name);
      if (url == null) continue;
      String host = URI.create(url).getHost();
      for (String pin : Order.pinsOf(host)) pinner.add(host, "sha256/" + pin);
    }
    return pinner.build();
  }
}
