import { isIP } from 'node:net';
import {
  anchorOf,
  buildPath,
  matchName,
  parseCertificate,
  RFC5280_SERVER,
  type TrustAnchor,
  type ValidatedPath,
  WEB_PKI,
} from '@assay/x509';
import { createLab, type Lab } from '../../../src/forge/index.ts';
import type { Recipe } from '../../../src/recipe.ts';
import type { Forged } from '../../../src/stage.ts';

/** The time of every test. */
export const NOW = Date.UTC(2026, 10, 21, 12);
export const HOST = 'api.example.test';

export const LAB: Lab = createLab({ clock: () => NOW, hosts: [HOST] });

export function forge(recipe: Recipe, lab: Lab = LAB): Promise<Forged> {
  return lab.forge(recipe, { host: HOST, at: NOW });
}

function anchorOfLab(lab: Lab): TrustAnchor {
  return anchorOf(parseCertificate(lab.authority.certificate), { id: 'lab', source: 'a test', date: '2026-11-21' });
}

/** What a strict client without pins does: the web's rules, then those of RFC 5280 alone. Throws the refusal. */
export function trust({ chain }: Forged, { at = NOW, host = HOST, lab = LAB } = {}): ValidatedPath {
  const [leaf, ...intermediates] = chain.map((der) => parseCertificate(der));
  if (leaf === undefined) throw new Error('nothing was sent');
  const anchors = [anchorOfLab(lab)];
  const name = { kind: isIP(host) === 0 ? 'dns' : 'ip', value: host } as const;
  const path = buildPath({ leaf, intermediates, anchors, at, profile: RFC5280_SERVER, name });
  buildPath({ leaf, intermediates, anchors, at, profile: WEB_PKI, name });
  matchName(leaf, name);
  return path;
}
