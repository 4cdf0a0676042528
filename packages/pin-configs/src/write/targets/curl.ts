import type { PolicyHost } from '../../policy/model.ts';
import { authoritiesOf, lines, MADE_BY } from '../source.ts';
import type { Target, WrittenFile } from '../target.ts';

/** One file of options for each host. */
export const curl: Target = {
  id: 'curl',
  title: 'curl --pinnedpubkey',
  can: {
    subdomains: ['none'],
    overlap: 'union',
    positions: 'leaf',
    expires: false,
    reports: false,
    sendsReports: false,
    privateTrust: true,
    transparency: 'none',
    pins: 'spki',
  },
  caveats: [
    'Use it as curl --disable --config HOST.conf https://HOST/…: each file is for one host alone.',
    'Only the key of the leaf is compared.',
    'NAME.pem of trust: private is looked for in the folder where curl runs; several authorities are one file.',
  ],
  files: ({ hosts }) => hosts.map(fileOf),
};

function fileOf(host: PolicyHost): WrittenFile {
  const pins = host.pins.map(({ spki }) => `sha256//${spki}`).join(';');
  const text = lines(
    `# ${MADE_BY}`,
    'proto = "=https"',
    'proto-redir = "=https"',
    `pinnedpubkey = "${pins}"`,
    privateStore(host),
  );
  return { path: `${host.host}.conf`, text };
}

/** A bundle alone does not replace the folder of certificates that curl was built with. */
function privateStore(host: PolicyHost): readonly string[] {
  const authorities = authoritiesOf(host);
  if (authorities.length === 0) return [];
  const name = authorities.length === 1 ? authorities[0] : host.host;
  return [`cacert = "${name}.pem"`, 'capath = "/dev/null"'];
}
