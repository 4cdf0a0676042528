import type { PolicyHost } from '../../policy/model.ts';
import { indented, lines, MADE_BY } from '../source.ts';
import type { Target } from '../target.ts';
import { okHttp } from './okhttp.ts';
import { addStatements } from './okhttp-entries.ts';

/** The two engines of Ktor that pin: OkHttp on Android and the JVM, Darwin on Apple's systems. */
export const ktor: Target = {
  id: 'ktor-kotlin',
  title: 'Ktor CertificatePinner (Kotlin), engines OkHttp and Darwin',
  can: okHttp.can,
  caveats: [
    'Call assayPins() inside of HttpClient(OkHttp) { … } and HttpClient(Darwin) { … }; other engines are not pinned.',
    'expires is asked when the client is built: one that lives on keeps its pins.',
  ],
  files: ({ hosts }) => [
    { path: 'androidMain/AssayPins.kt', text: okHttpEngine(hosts) },
    { path: 'iosMain/AssayPins.kt', text: darwinEngine(hosts) },
  ],
};

function okHttpEngine(hosts: readonly PolicyHost[]): string {
  return lines(
    `// ${MADE_BY}`,
    'package app.assay.pins',
    '',
    'import io.ktor.client.HttpClientConfig',
    'import io.ktor.client.engine.okhttp.OkHttpConfig',
    'import okhttp3.CertificatePinner',
    '',
    '/** [now] in milliseconds since 1970. */',
    'fun HttpClientConfig<OkHttpConfig>.assayPins(@Suppress("UNUSED_PARAMETER") now: Long = System.currentTimeMillis()) {',
    '    val builder = CertificatePinner.Builder()',
    indented(addStatements(hosts), '    '),
    '    engine { config { certificatePinner(builder.build()) } }',
    '}',
  );
}

function darwinEngine(hosts: readonly PolicyHost[]): string {
  return lines(
    `// ${MADE_BY}`,
    'package app.assay.pins',
    '',
    'import io.ktor.client.HttpClientConfig',
    'import io.ktor.client.engine.darwin.DarwinClientEngineConfig',
    'import io.ktor.client.engine.darwin.certificates.CertificatePinner',
    'import platform.Foundation.NSDate',
    'import platform.Foundation.timeIntervalSince1970',
    '',
    '/** [now] in milliseconds since 1970. */',
    'fun HttpClientConfig<DarwinClientEngineConfig>.assayPins(',
    '    @Suppress("UNUSED_PARAMETER") now: Long = (NSDate().timeIntervalSince1970 * 1000).toLong(),',
    ') {',
    '    val builder = CertificatePinner.Builder()',
    indented(addStatements(hosts), '    '),
    '    engine { handleChallenge(builder.build()) }',
    '}',
  );
}
