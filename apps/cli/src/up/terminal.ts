import { join } from 'node:path';
import { plain, type Speech } from '../speech.ts';
import { type DemoServer, ENVIRONMENT, OPERATOR_TOKEN, TENANT } from './demo-server.ts';
import { PINS_PATH } from './pins-page.ts';
import { isAsExpected, type Scene } from './play.ts';

/** Columns: the longest name of a role, and the longest reason code with `+n` for those that follow. */
const WHO = 30;
const WHY = 36;

export function greet({ out, paint }: Speech, demo: DemoServer): void {
  out();
  out(
    `  ${paint(['bold', 'green'], 'Assay is up.')}  ${paint('yellow', 'Test roots: for looking, not for production.')}`,
  );
  out();
  out(`  live page   ${paint(['bold', 'cyan'], `${demo.operatorUrl}/live/`)}`);
  out(`  demo API    ${demo.apiOrigin}/v1/balance`);
  out(`  issuer      ${demo.iss}`);
  out();
}

/** One line for a turn: what a genuine phone got, or why a forged one got nothing. */
export function showScene({ out, paint }: Speech, scene: Scene, at: number): void {
  const { who, passed, got, support, by } = scene;
  const time = paint('dim', new Date(at).toTimeString().slice(0, 8));
  const mark = passed ? paint('green', '✔ passed ') : paint('red', '✖ refused');
  const place = by === undefined ? '' : '  by the API';
  const code = support === undefined ? '' : paint('dim', `${support}${place}`);
  const what = passed ? paint('dim', got.join(' · ')) : `${whyOf(scene).padEnd(WHY)} ${code}`.trimEnd();
  const surprise = isAsExpected(scene) ? '' : `  ${paint(['bold', 'yellow'], '← not as it must be')}`;
  out(`  ${time}  ${mark}  ${who.padEnd(WHO)} ${what}${surprise}`);
}

function whyOf({ reasons, expected }: Scene): string {
  const [first = 'refused', ...others] = leading(reasons, expected);
  return others.length === 0 ? plain(first) : `${plain(first)} +${others.length}`;
}

/** The reason that the forgery is about stands first. */
function leading(reasons: readonly string[], expected: string | undefined): readonly string[] {
  if (expected === undefined || !reasons.includes(expected)) return reasons;
  return [expected, ...reasons.filter((reason) => reason !== expected)];
}

/** `assay` as this reader can call it: from a checkout through npm, from an installation by name. */
const ASSAY = import.meta.filename.endsWith('.ts') ? 'npm run -s assay --' : 'assay';

/** What the suggestions name. */
type Suggested = Pick<DemoServer, 'trustFiles' | 'operatorUrl' | 'apiOrigin'>;

/** The next things to try: commands ready to paste into a second terminal, and a page. */
export function suggest({ out, paint }: Speech, demo: Suggested, data: string, scenes: readonly Scene[]): void {
  const { testRoots, statusList } = demo.trustFiles;
  const evidence = join(data, 'evidence/unlocked-bootloader.json');
  const support =
    scenes.find(({ passed, support, by }) => !passed && support !== undefined && by === undefined)?.support ?? 'CODE';
  out();
  out(`  ${paint('bold', 'Next, in a second terminal:')}`);
  out();
  out('  1. Call the API without the app');
  out(`     curl -i ${demo.apiOrigin}/v1/balance`);
  out("  2. Take a forged phone's evidence apart, check by check");
  out(
    `     ${ASSAY} evidence verify ${quoted(evidence)} --trust ${quoted(testRoots)} --status-list ${quoted(statusList)}`,
  );
  out('  3. See what a support code stands for');
  out(
    `     ${ASSAY} device show ${quoted(support)} --server ${demo.operatorUrl} --issuer ${TENANT}/${ENVIRONMENT} --credential-file ${quoted(join(data, OPERATOR_TOKEN))}`,
  );
  out(
    '  4. Paste a certificate chain or a configuration: its pins, what is wrong with it, and its form on every platform',
  );
  out(`     ${demo.operatorUrl}${PINS_PATH}`);
  out();
  out(paint('dim', '  The phones go on. Ctrl-C stops everything.'));
  out();
}

/** A path or a support code, whose last sign may be `* ~ $ =`, as a POSIX shell reads it back. */
function quoted(text: string): string {
  return /^[\w@%+:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
