import { indented, lines, MADE_BY } from '../source.ts';
import type { Target } from '../target.ts';
import { addStatements } from './okhttp-entries.ts';

/** A `CertificatePinner` for OkHttp clients. */
export const okHttp: Target = {
  id: 'okhttp-kotlin',
  title: 'OkHttp CertificatePinner (Kotlin)',
  can: {
    subdomains: ['none', 'one', 'all'],
    overlap: 'union',
    positions: 'any',
    expires: true,
    reports: false,
    sendsReports: false,
    privateTrust: false,
    transparency: 'none',
    pins: 'spki',
  },
  caveats: [
    'Needs OkHttp 4.3 or newer, which knows **. patterns.',
    'expires is asked when the pinner is built: a client that lives on keeps its pins.',
    'Write android-nsc beside it: OkHttp asks the trust manager of the platform besides.',
  ],
  files: ({ hosts }) => [
    {
      path: 'AssayPins.kt',
      text: lines(
        `// ${MADE_BY}`,
        'package app.assay.pins',
        '',
        'import okhttp3.CertificatePinner',
        '',
        'object AssayPins {',
        '    /** For OkHttpClient.Builder.certificatePinner; [now] in milliseconds since 1970. */',
        '    @JvmOverloads',
        '    fun certificatePinner(@Suppress("UNUSED_PARAMETER") now: Long = System.currentTimeMillis()): CertificatePinner {',
        '        val builder = CertificatePinner.Builder()',
        indented(addStatements(hosts), '        '),
        '        return builder.build()',
        '    }',
        '}',
      ),
    },
  ],
};
