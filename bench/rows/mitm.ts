import { generateKeyPairSync, sign } from 'node:crypto';
import { createLab, type Recipe } from '@assay/mitm';
import { compare } from '../measure.ts';
import { perSecond, type Row } from '../row.ts';

const HOST = 'api.example.test';
/** As many octets as a forged leaf has under its signature. */
const SIGNED = Buffer.alloc(400, 7);
const BAR = 5_000;

/** Beside the valid server: another name, one more signature, and two more. */
const RECIPES: readonly (readonly [name: string, recipe: Recipe])[] = [
  ['another name', { chain: { leaf: { names: ['other.invalid'] } } }],
  ['with a staple', { staple: { status: 'revoked' } }],
  ['with two timestamps', { chain: { leaf: { timestamps: { by: 'embedded' } } } }],
];

/** Forging, against its limit: the one signature in each leaf. */
export async function bench(): Promise<readonly Row[]> {
  const lab = createLab({ clock: Date.now, hosts: [HOST] });
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const bare = () => sign('sha256', SIGNED, privateKey);
  const at = Date.now();
  const forging = (recipe: Recipe) => () => lab.forge(recipe, { host: HOST, at });
  const valid = await compare(forging({}), bare);
  const rows: Row[] = [
    {
      name: 'forged leaf, valid, of its bare P-256 signature',
      found: `${valid.ratio.toFixed(2)}  ${perSecond(valid.subject)}`,
      bar: `≥ ${perSecond(BAR)}`,
      holds: valid.subject >= BAR,
    },
  ];
  for (const [name, recipe] of RECIPES) {
    const { ratio, subject } = await compare(forging(recipe), bare);
    rows.push({ name: `forged leaf, ${name}, of one signature`, found: `${ratio.toFixed(2)}  ${perSecond(subject)}` });
  }
  return rows;
}
