import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ATTACK_GROUPS, ATTACKS, type Attack, type AttackGroup, NEEDS, type Need } from '../../../src/attacks/index.ts';

export const ATTACKS_PAGE: string = join(import.meta.dirname, '../../../../../docs/mitm-attacks.md');

const ELSEWHERE = ATTACKS.filter(({ needs: all }) => all.every((need) => need === 'capture' || need === 'hold')).length;

const HEAD = `# When pinning is bypassed

Pinning ends where somebody owns the phone: he switches it off in the app and trusts an authority of his own. What is left
must hold all the same. \`assay mitm attack\` tries that: a proxy stands between the real SDK, whose pinning is off, and a real server
and APIs behind the middleware, reads and writes every exchange in plain text, and carries out the attacks below. Each must be
refused by the one that is named, with the code that is named. A refusal for another reason proves nothing about the check that
was meant; an attack that could not be carried out proves nothing at all: neither is a pass (exit 4). Before and after, a
client that nobody tampers with must get through.

Everything runs on loopback in one process, on a clock that the attacks can move: server, four APIs, virtual phones that make
real evidence under test roots, and the proxy, whose certificates are forged for hosts under \`.test\`. Test roots load in development
alone, so the environment that stands for production is one of development too, with an issuer and keys of its own.

A staging of your own is attacked with \`--api URL --issuer URL --exec COMMAND\`. The command is your client with its pinning switched
off: it speaks through \`HTTPS_PROXY\`, trusts the authority in the file \`ASSAY_CA\` and calls \`ASSAY_URL\` once. What takes no more than
a call that passes or is held back is tried then, ${ELSEWHERE} of the attacks, and a refusal is told by the public code, since the
operator's own is not at hand. Enrolment, replies, secrets and pins take phones whose evidence the server believes: they are attacked
in the lab alone. Attack what is yours, or what you were asked to attack.

Several attacks give the attacker more than the proxy: a reply key that leaked from the server, or evidence of a phone that he owns.
They show what still holds then.

This page is made out of the rows by \`node --conditions=@assay/source packages/mitm/test/attacks/support/attacks-page.ts\`, and a test
compares the two.

## What the attacker sees in spite of everything

The report ends with it, computed from what passed through the proxy: how many requests and answers in plain text and the names of
their members, tokens with their longest life and how many name a key, proofs, statements, replies, sealed secrets. Never a value.
What follows from it:

- **He reads what the app and the API say to each other**, as long as the phone is his or hooked. What he must not read has to be
  sealed by the app, or not be sent.
- **He can hold calls back and drop them.** A call that he holds back can be served once, as it is, for as long as its nonce lives,
  five minutes at most. An API that must know the order or the hour of a call says so in its body.
- **He can change what the API answers.** The answers of the server are signed, those of your API are not: pins and secrets are safe,
  a balance on the screen is not.
- **Headers other than the tokens' are not proven.** An API reads who calls out of the verified token, and what is asked out of path,
  query and, on routes with \`body: 'proven'\`, body.
- **A token** is worth nothing without the key that it names, which is in the phone's hardware; it ends after five minutes.
- **Secrets** are sealed to a key in the app's memory. Whoever runs code inside the app reads them there, as he reads everything else
  the app knows: see [signals](signals.md) for what may notice him.
- **Metadata** is plain: app, version, kind of phone, times, the verdict where the app does not use [sealed mode](sealed-mode.md).
- **A genuine app that is driven by a script** is genuine: see [the protocol](protocol.md#attacks) for what bounds it.

## Attacks
`;

const GROUPS = Object.keys(ATTACK_GROUPS) as AttackGroup[]; // the keys of ATTACK_GROUPS by definition

/** The whole page. */
export function renderAttacks(): string {
  const count = `${ATTACKS.length} attacks. The numbers are those of [the protocol](protocol.md#attacks).`;
  return [HEAD, count, '', ...GROUPS.flatMap(sectionOf), ...needs()].join('\n');
}

function sectionOf(group: AttackGroup): string[] {
  const rows = ATTACKS.filter((attack) => attack.group === group).map(rowOf);
  const head = ['| id | what the attacker does | what stops it | refused by | # |', '|---|---|---|---|---|'];
  return [`### ${ATTACK_GROUPS[group]}`, '', ...head, ...rows, ''];
}

function rowOf({ id, title, does, stops, by, codes, protocol }: Attack): string {
  const named = codes.map((code) => `\`${code}\``).join(' or ');
  const refuser = named === '' ? `${by}, in silence` : `${by}: ${named}`;
  return `| \`${id}\` | **${title}.** ${does} | ${stops} | ${refuser} | ${protocol.join(', ')} |`;
}

function needs(): string[] {
  const names = Object.keys(NEEDS) as Need[]; // the keys of NEEDS by definition
  const rows = names.map((need) => {
    const ids = ATTACKS.filter((attack) => attack.needs.includes(need)).length;
    return `| \`${need}\` | ${NEEDS[need]} | ${ids} |`;
  });
  return ['## What attacks take', '', '| need | what it is | attacks |', '|---|---|---|', ...rows, ''];
}

if (process.argv[1] === import.meta.filename) writeFileSync(ATTACKS_PAGE, renderAttacks());
