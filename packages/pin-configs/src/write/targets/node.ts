import type { PolicyHost } from '../../policy/model.ts';
import { isEnforced } from '../fit.ts';
import { authoritiesOf, endOf, indented, lines, MADE_BY } from '../source.ts';
import type { Target } from '../target.ts';
import { DEPTHS, OWN_CODE } from './host-rows.ts';

/** An `https.Agent` that pins after Node has validated the chain and the name. */
export const node: Target = {
  id: 'node',
  title: 'Node https.Agent',
  can: OWN_CODE,
  caveats: [
    'Hand the agent to every request; fetch takes none, so requests that are to be pinned go through node:https.',
    'Sessions are not resumed: a resumed session shows no certificates.',
    'NAME.pem of trust: private is handed in by the caller.',
  ],
  files: ({ hosts }) => [{ path: 'assay-pins.mjs', text: moduleOf(hosts) }],
};

function rowOf(host: PolicyHost): readonly string[] {
  const { host: name, subdomains, pins } = host;
  return [
    '{',
    ...indented(
      [
        `host: '${name}',`,
        `depth: ${DEPTHS[subdomains]},`,
        `enforced: ${isEnforced(host)},`,
        `end: ${endOf(host) ?? 'Number.POSITIVE_INFINITY'},${host.expires === undefined ? '' : ` // ${host.expires}`}`,
        `authorities: [${authoritiesOf(host)
          .map((authority) => `'${authority}'`)
          .join(', ')}],`,
        'pins: [',
        ...pins.map(({ spki, role }) => `  '${spki}', // ${role}`),
        '],',
      ],
      '  ',
    ),
    '},',
  ];
}

/**
 * A pin counts when its key is the leaf's, or when it signed what leads to the leaf: every step is proven by its signature and
 * by being a CA, because Node links what the server sent by names alone.
 */
function moduleOf(hosts: readonly PolicyHost[]): string {
  return lines(
    `// ${MADE_BY}`,
    "import { createHash, X509Certificate } from 'node:crypto';",
    "import { Agent } from 'node:https';",
    "import { checkServerIdentity } from 'node:tls';",
    '',
    'const HOSTS = [',
    indented(hosts.flatMap(rowOf), '  '),
    '];',
    '',
    '/** None of the pins is in the validated path. */',
    'export class PinMismatch extends Error {',
    "  code = 'ERR_PIN_MISMATCH';",
    '  constructor(pinned, host) {',
    "    super('no pin of ' + pinned + ' is in the path of ' + host);",
    '  }',
    '}',
    '',
    '/** A host trusts an authority whose certificate was not handed in. */',
    'export class MissingAuthority extends Error {',
    "  code = 'ERR_PIN_AUTHORITY_MISSING';",
    '  constructor(name) {',
    "    super('no certificate was given for the authority ' + name);",
    '  }',
    '}',
    '',
    '/**',
    ' * `authorities`: PEM by name, for hosts that trust private authorities alone. `onMismatch(host, pins)` hears of every path',
    ' * without a pin, also where it is only reported. Further options are those of an https.Agent.',
    ' */',
    'export function createPinnedAgent({ authorities = {}, onMismatch = () => {}, now = Date.now, ...options } = {}) {',
    '  // A missing authority is found when the app starts, and not by the first request.',
    '  const stores = new Map(HOSTS.map((entry) => [entry, privateStore(entry, authorities)]));',
    '  const agent = new Agent({ keepAlive: true, ...options, maxCachedSessions: 0 });',
    '  const connect = agent.createConnection;',
    '  agent.createConnection = (target, ...rest) => {',
    '    const host = target.servername || target.host;',
    '    const entry = entryFor(host);',
    '    const ca = stores.get(entry);',
    '    const own = {',
    '      ...target,',
    '      ...(ca === undefined ? {} : { ca }),',
    '      rejectUnauthorized: true,',
    '      session: undefined,',
    '      checkServerIdentity: (name, certificate) =>',
    '        checkServerIdentity(name, certificate) ?? checkPins(entry, name, certificate, { onMismatch, now: now() }),',
    '    };',
    '    return connect.call(agent, own, ...rest);',
    '  };',
    '  return agent;',
    '}',
    '',
    'function entryFor(host) {',
    "  const name = host.toLowerCase().replace(/\\.$/, '');",
    '  return HOSTS.filter((entry) => covers(entry, name)).sort((a, b) => b.host.length - a.host.length)[0];',
    '}',
    '',
    'function covers({ host, depth }, name) {',
    '  if (name === host) return true;',
    "  if (!name.endsWith('.' + host)) return false;",
    "  return name.slice(0, -host.length - 1).split('.').length <= depth;",
    '}',
    '',
    'function privateStore(entry, authorities) {',
    '  if (entry.authorities.length === 0) return undefined;',
    '  return entry.authorities.map((name) => {',
    '    const pem = authorities[name];',
    '    if (pem === undefined) throw new MissingAuthority(name);',
    '    return pem;',
    '  });',
    '}',
    '',
    'function checkPins(entry, host, certificate, { onMismatch, now }) {',
    '  if (entry === undefined || now >= entry.end) return undefined;',
    '  const pins = pathOf(certificate).map(pinOf);',
    '  if (pins.some((pin) => entry.pins.includes(pin))) return undefined;',
    '  onMismatch(host, pins);',
    '  return entry.enforced ? new PinMismatch(entry.host, host) : undefined;',
    '}',
    '',
    '/** The leaf, and every certificate that provably signed the one before it. */',
    'function pathOf(certificate) {',
    '  const path = [new X509Certificate(certificate.raw)];',
    '  for (let next = certificate.issuerCertificate; next !== undefined && path.length < 10; next = next.issuerCertificate) {',
    '    const issuer = new X509Certificate(next.raw);',
    '    const last = path.at(-1);',
    '    const signed = issuer.ca && last.checkIssued(issuer) && last.verify(issuer.publicKey);',
    '    if (!signed || issuer.fingerprint256 === last.fingerprint256) break;',
    '    path.push(issuer);',
    '  }',
    '  return path;',
    '}',
    '',
    'function pinOf({ publicKey }) {',
    "  return createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('base64');",
    '}',
  );
}
