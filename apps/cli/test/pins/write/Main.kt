import app.assay.pins.AssayPins
import app.assay.pins.assayPins
import io.ktor.client.HttpClient
import io.ktor.client.engine.okhttp.OkHttp
import io.ktor.client.request.get
import java.io.File
import java.net.InetAddress
import java.security.KeyStore
import java.security.cert.CertificateFactory
import javax.net.ssl.SSLContext
import javax.net.ssl.TrustManagerFactory
import javax.net.ssl.X509TrustManager
import kotlinx.coroutines.runBlocking
import okhttp3.Dns
import okhttp3.OkHttpClient
import okhttp3.Request

/** Arguments: port, PEM of the root, then `host@now` for each question. Prints one line for each and client. */
fun main(arguments: Array<String>) {
    val port = arguments[0]
    val base = trusting(File(arguments[1]))
    for (question in arguments.drop(2)) {
        val (host, now) = question.split("@")
        val url = "https://$host:$port/"
        val pinned = base.newBuilder().certificatePinner(AssayPins.certificatePinner(now.toLong())).build()
        println("okhttp $question " + outcome { pinned.newCall(Request.Builder().url(url).build()).execute().close() })
        val ktor = HttpClient(OkHttp) {
            assayPins(now.toLong())
            engine { config { dns(Loopback).sslSocketFactory(base.sslSocketFactory, base.x509TrustManager!!) } }
        }
        println("ktor $question " + outcome { runBlocking { ktor.get(url) } })
        ktor.close()
    }
    System.exit(0)
}

private object Loopback : Dns {
    override fun lookup(hostname: String): List<InetAddress> = listOf(InetAddress.getLoopbackAddress())
}

private fun outcome(ask: () -> Unit): String = try {
    ask()
    "connects"
} catch (error: Exception) {
    val text = generateSequence<Throwable>(error) { it.cause }.joinToString { it.toString() }
    if ("Certificate pinning failure!" in text) "pin" else text.lines().first()
}

private fun trusting(root: File): OkHttpClient {
    val certificate = root.inputStream().use { CertificateFactory.getInstance("X.509").generateCertificate(it) }
    val store = KeyStore.getInstance(KeyStore.getDefaultType()).apply { load(null) }
    store.setCertificateEntry("root", certificate)
    val factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()).apply { init(store) }
    val manager = factory.trustManagers.first() as X509TrustManager
    val context = SSLContext.getInstance("TLS").apply { init(null, arrayOf(manager), null) }
    return OkHttpClient.Builder().dns(Loopback).sslSocketFactory(context.socketFactory, manager).build()
}
