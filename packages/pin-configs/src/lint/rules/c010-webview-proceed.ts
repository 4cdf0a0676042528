import type { Rule } from '../rule.ts';
import { code, factsOf } from './support/fact-rule.ts';

const JAVA = 'app/src/main/java/com/example/Web.java';
const KOTLIN = 'app/src/main/java/com/example/Web.kt';
const view = (body: string): readonly string[] => [
  'class Client extends WebViewClient {',
  '  @Override public void onReceivedSslError(WebView view, SslErrorHandler handler, SslError error) {',
  `    ${body}`,
  '  }',
  '}',
];
const ASKS =
  'new AlertDialog.Builder(context).setPositiveButton("Go on", (d, w) -> handler.proceed()).setNegativeButton("Stop", (d, w) -> handler.cancel()).show();';

/** C010: a page is shown in spite of its certificate. */
export const rule: Rule = {
  id: 'C010',
  name: 'webview-proceed',
  severity: 'error',
  summary: 'A WebView goes on after an error of TLS.',
  why: 'onReceivedSslError is called for certificates that the platform refused. proceed() shows the page, with its forms and its bridge to the app. A question to the user is a warning: nobody can answer it.',
  attacker: 'shows pages of their own inside of the app, and reads what is typed',
  lockout: 'nobody',
  fix: 'Call cancel(), or leave the method out.',
  masvs: 'MASVS-NETWORK-1',
  maswe: 'MASWE-0052',
  fires: [
    code(JAVA, ...view('handler.proceed();')),
    code(JAVA, ...view(ASKS)),
    code(KOTLIN, 'override fun onReceivedSslError(view: WebView, h: SslErrorHandler, e: SslError) = h.proceed()'),
    code(
      'entry/src/main/ets/Page.ets',
      'Web({ src }).onSslErrorEventReceive((event) => { event.handler.handleConfirm(); })',
    ),
  ],
  passes: [
    code(JAVA, ...view('handler.cancel();')),
    code(JAVA, ...view('if (BuildConfig.DEBUG) { handler.proceed(); } else { handler.cancel(); }')),
    code(
      'entry/src/main/ets/Page.ets',
      'Web({ src }).onSslErrorEventReceive((event) => { event.handler.handleCancel(); })',
    ),
  ],
  *check(project) {
    for (const { what, place } of factsOf(project, 'webview_proceed')) {
      yield { message: `expected the page to be refused, found ${what}`, place };
    }
    for (const { what, place } of factsOf(project, 'webview_asks')) {
      yield {
        message: `expected the page to be refused, found a question to the user before ${what}`,
        place,
        severity: 'warning',
      };
    }
  },
};
