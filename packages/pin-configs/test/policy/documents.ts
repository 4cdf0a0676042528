import { pinOf } from '../support/policies.ts';

export const LEAF = pinOf('leaf');
export const BACKUP = pinOf('backup');

/** The lines of a policy that is as small as one can be. */
export const SMALLEST = `version: 1
hosts:
  - host: api.example.com
    pins:
      - { spki: ${LEAF}, role: leaf }
      - { spki: ${BACKUP}, role: backup }
`;

/** Every member there is. */
export const LARGEST = `$schema: urn:assay:schema:pins:1
version: 1
defaults:
  mode: report
  expires: 2027-06-01
  reportTo: [https://reports.example.com/pins]
  trust: private
  authorities: [company_root]
debug:
  authorities: [debug_proxy]
hosts:
  - host: example.com
    subdomains: all
    covers: [api.example.com, a.b.example.com]
    mode: enforce
    pins:
      - spki: ${LEAF}
        role: intermediate
        certificates: [${pinOf('certificate')}]
        note: issuing CA, since 2026
      - { spki: ${BACKUP}, role: backup }
  - host: xn--bcher-kva.example
    trust: system
    certificateTransparency: required
    expires: 2028-01-01
    pins:
      - { spki: ${LEAF}, role: leaf }
      - { spki: ${BACKUP}, role: backup, position: ca }
`;

/** Documents that differ from {@link SMALLEST} in one point of form, which reader and schema both refuse. */
export const BAD_FORMS: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['a text', 'pins'],
  ['a list', '- version: 1'],
  ['no version', SMALLEST.replace('version: 1\n', '')],
  ['another version', SMALLEST.replace('version: 1', 'version: 2')],
  ['a version that is a text', SMALLEST.replace('version: 1', 'version: "1"')],
  ['no hosts', 'version: 1\n'],
  ['an empty list of hosts', 'version: 1\nhosts: []\n'],
  ['an unknown member', `${SMALLEST}pinning: true\n`],
  ['a member of the prototype', `${SMALLEST}constructor: true\n`],
  ['an unknown member of a host', SMALLEST.replace('    pins:', '    includeSubdomains: true\n    pins:')],
  ['an unknown member of a pin', SMALLEST.replace('role: leaf', 'role: leaf, sha256: x')],
  ['upper case', SMALLEST.replace('api.example.com', 'API.example.com')],
  ['a wildcard', SMALLEST.replace('api.example.com', '"*.example.com"')],
  ['a scheme', SMALLEST.replace('api.example.com', 'https://api.example.com')],
  ['a port', SMALLEST.replace('api.example.com', '"api.example.com:443"')],
  ['a last dot', SMALLEST.replace('api.example.com', 'api.example.com.')],
  ['an address', SMALLEST.replace('api.example.com', '192.0.2.1')],
  ['one label', SMALLEST.replace('api.example.com', 'localhost')],
  ['a label of 64', SMALLEST.replace('api', 'a'.repeat(64))],
  ['unicode', SMALLEST.replace('api.example.com', 'bücher.example')],
  ['a single pin', SMALLEST.replace(/.*role: backup.*\n/, '')],
  ['a prefix', SMALLEST.replace(LEAF, `sha256/${LEAF}`)],
  ['a digest in hexadecimal', SMALLEST.replace(LEAF, 'ab'.repeat(32))],
  ['a digest of 20 bytes', SMALLEST.replace(LEAF, 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=')],
  ['spare bits', SMALLEST.replace(LEAF, `${LEAF.slice(0, 42)}B=`)],
  ['no padding', SMALLEST.replace(LEAF, LEAF.slice(0, 43))],
  ['base64url', SMALLEST.replace(LEAF, `-_${LEAF.slice(2)}`)],
  ['no role', SMALLEST.replace(', role: leaf', '')],
  ['another role', SMALLEST.replace('role: leaf', 'role: server')],
  ['a position of a leaf', SMALLEST.replace('role: leaf', 'role: leaf, position: ca')],
  ['another depth', SMALLEST.replace('    pins:', '    subdomains: true\n    pins:')],
  ['another mode', SMALLEST.replace('    pins:', '    mode: off\n    pins:')],
  ['a time', SMALLEST.replace('    pins:', '    expires: 2027-01-01T00:00:00Z\n    pins:')],
  ['a 13th month', SMALLEST.replace('    pins:', '    expires: 2027-13-01\n    pins:')],
  ['an http address', SMALLEST.replace('    pins:', '    reportTo: [http://example.com/]\n    pins:')],
  ['a secret in an address', SMALLEST.replace('    pins:', '    reportTo: [https://u:p@example.com/]\n    pins:')],
  ['trust in nobody known', SMALLEST.replace('    pins:', '    trust: private\n    pins:')],
  ['authorities without trust', SMALLEST.replace('    pins:', '    authorities: [root]\n    pins:')],
  ['authorities of the system', SMALLEST.replace('    pins:', '    trust: system\n    authorities: [a]\n    pins:')],
  ['a path of an authority', SMALLEST.replace('    pins:', '    trust: private\n    authorities: [../a]\n    pins:')],
  ['a note of two lines', SMALLEST.replace('role: leaf', 'role: leaf, note: "a\\nb"')],
  ['no debug authorities', `${SMALLEST}debug: {}\n`],
];
