import { FORMATS } from '@assay/evidence';
import { plain, type Speech } from '../speech.ts';
import type { DemoServer } from './demo-server.ts';
import { isAsExpected, type Scene, type Stage } from './play.ts';

/** Columns: the longest name of a role, the longest assurance, and the longest reason code with `+n` for those that follow. */
const WHO = 32;
const WORTH = 11;
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

/** A line for a turn: what a device got and with what assurance, or why it got nothing. */
export function showScene(
  { out, paint }: Speech,
  scene: Scene,
  at: number,
  round: Parameters<Stage['show']>[1] = 'first',
): void {
  const time = paint('dim', new Date(at).toTimeString().slice(0, 8));
  const surprise = isAsExpected(scene) ? '' : `  ${paint(['bold', 'yellow'], SURPRISES[round])}`;
  const [mark, what] = scene.passed ? passed(scene, paint) : refused(scene, paint);
  out(`  ${time}  ${mark}  ${scene.who.padEnd(WHO)} ${what}${surprise}`);
  if (scene.passed && scene.limit !== undefined && round === 'first') out(paint('dim', `${INDENT}${scene.limit}`));
}

/** Under what a device got. */
const INDENT = ' '.repeat('  00:00:00  ✔ passed   '.length + WHO + 1 + WORTH + 1);

/** Later somebody may have changed a policy, given an order: then it is the change that shows. */
const SURPRISES = { first: '← not as it must be', later: '← not as before' } as const;

type Paint = Speech['paint'];

function passed(scene: Scene, paint: Paint): readonly [string, string] {
  const { got, assurance = '', admitted } = scene;
  if (admitted !== undefined)
    return [paint('yellow', '◇ let in '), `${whyOf(scene).padEnd(WHY)} although: ${admitted}`];
  return [paint('green', '✔ passed '), `${assurance.padEnd(WORTH)} ${paint('dim', got.join(' · '))}`];
}

function refused(scene: Scene, paint: Paint): readonly [string, string] {
  const { support, by } = scene;
  const place = by === undefined ? '' : '  by the API';
  const code = support === undefined ? '' : paint('dim', `${support}${place}`);
  return [paint('red', '✖ refused'), `${whyOf(scene).padEnd(WHY)} ${code}`.trimEnd()];
}

/** What of the above is proven with evidence that was made after documents alone. */
export function tellSamples({ out, paint }: Speech): void {
  const made = FORMATS.filter(({ samples }) => samples === 'synthetic').map(({ title }) => title);
  out();
  out(paint('yellow', '  Proven with samples made after the documents, as no genuine ones are public:'));
  out(paint('dim', `  ${made.join(', ')}.`));
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
