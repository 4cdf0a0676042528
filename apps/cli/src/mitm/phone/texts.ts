import { createHash, X509Certificate } from 'node:crypto';

/** Everything that the setup page offers, by what it is made from. */

/** Named hosts go through the proxy, all others by themselves. */
export function toPac(hosts: readonly string[], proxy: string): string {
  return [
    'function FindProxyForURL(url, host) {',
    `  var named = ${JSON.stringify(hosts)};`,
    '  var name = host.toLowerCase();',
    '  for (var i = 0; i < named.length; i++) {',
    `    if (name === named[i]) return ${JSON.stringify(`PROXY ${proxy}`)};`,
    '  }',
    '  return "DIRECT";',
    '}',
    '',
  ].join('\n');
}

/** A configuration profile of Apple's that holds the authority, and nothing else. */
export function toMobileConfig(pem: string): string {
  const { raw } = new X509Certificate(pem);
  const entry = (key: string, value: string): string => `<key>${key}</key><string>${value}</string>`;
  const common = (type: string, name: string): string =>
    [
      entry('PayloadType', type),
      '<key>PayloadVersion</key><integer>1</integer>',
      entry('PayloadIdentifier', `assay.lab.${name}`),
      entry('PayloadUUID', uuidOf(raw, name)),
      entry('PayloadDisplayName', 'Assay lab (test authority)'),
    ].join('');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0"><dict>',
    common('Configuration', 'profile'),
    '<key>PayloadContent</key><array><dict>',
    common('com.apple.security.root', 'authority'),
    `<key>PayloadContent</key><data>${raw.toString('base64')}</data>`,
    '</dict></array>',
    '</dict></plist>',
    '',
  ].join('\n');
}

/** The same for the same authority, so that a device replaces it instead of keeping two. RFC 9562 5.8. */
function uuidOf(raw: Uint8Array, name: string): string {
  const octets = createHash('sha256').update(name).update(raw).digest().subarray(0, 16);
  octets[6] = ((octets[6] ?? 0) & 0x0f) | 0x80;
  octets[8] = ((octets[8] ?? 0) & 0x3f) | 0x80;
  return octets
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    .toUpperCase();
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (each) => ENTITIES[each] ?? '');

export interface Setup {
  readonly hosts: readonly string[];
  /** Address and port as the reader of the page reaches them. */
  readonly proxy: string;
  readonly setup: string;
  readonly untrusted: boolean;
}

const STYLE =
  'body{font:16px/1.5 system-ui;max-width:42rem;margin:1rem auto;padding:0 1rem}code{background:#8882;padding:.1em .3em}h2{margin-top:2rem}';

const page = (title: string, head: string, body: readonly string[]): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${head}<title>${title}</title><style>${STYLE}</style></head><body>${body.join('\n')}</body></html>\n`;

const list = (items: readonly string[]): string => `<ol>${items.map((item) => `<li>${item}</li>`).join('')}</ol>`;
const code = (text: string): string => `<code>${escaped(text)}</code>`;

/** What to do on the phone, by its system. */
export function toPage({ hosts, proxy, setup, untrusted }: Setup): string {
  const port = proxy.slice(proxy.lastIndexOf(':') + 1);
  const setupPort = setup.slice(setup.lastIndexOf(':') + 1);
  const trust = untrusted
    ? ['Install nothing: the app is tested as it is shipped.']
    : [
        `Best: a lab build of the app, which trusts the authority by itself (${code('assay pins write --lab')}).`,
        'Else install the authority: <a href="authority.cer">authority.cer</a> on Android (Settings, Security, Encryption, Install a certificate, CA certificate); an app takes it only where its network security configuration trusts users\' certificates.',
        'On iOS <a href="authority.mobileconfig">authority.mobileconfig</a> in Safari; then Settings, General, VPN &amp; Device Management, install; then General, About, Certificate Trust Settings, switch it on.',
        'Remove it afterwards: whoever has its key reads what the device sends.',
      ];
  return page('Assay: this phone under test', '', [
    '<h1>This phone under test</h1>',
    `<p>Forged servers are shown for ${hosts.map(code).join(', ')} and for nothing else; all other hosts are passed through untouched.</p>`,
    '<p><a href="now">The case that is shown now</a></p>',
    '<h2>1. Trust</h2>',
    `<ul>${trust.map((item) => `<li>${item}</li>`).join('')}</ul>`,
    '<h2>2. Proxy, Android by cable or emulator</h2>',
    list([
      code(`adb reverse tcp:${port} tcp:${port}`),
      code(`adb reverse tcp:${setupPort} tcp:${setupPort}`),
      code(`adb shell settings put global http_proxy 127.0.0.1:${port}`),
      `afterwards: ${code('adb shell settings put global http_proxy :0')}`,
    ]),
    '<h2>2. Proxy, Android or iOS by Wi-Fi</h2>',
    list([
      `Automatic configuration (PAC): ${code(`http://${setup}/assay.pac`)}, under the Wi-Fi network's proxy settings.`,
      `Where an app takes no PAC: manual, ${code(proxy)}.`,
    ]),
    '<h2>Files</h2>',
    '<p><a href="authority.pem">authority.pem</a> <a href="authority.cer">authority.cer</a> <a href="authority.mobileconfig">authority.mobileconfig</a> <a href="assay.pac">assay.pac</a></p>',
  ]);
}

/** Where a walk is. */
export interface Now {
  readonly heading: string;
  readonly ask: string;
  readonly done: readonly string[];
}

/** Loads itself anew; there is no script on it. */
export function toNowPage({ heading, ask, done }: Now): string {
  return page('Assay: now', '<meta http-equiv="refresh" content="2">', [
    `<h1>${escaped(heading)}</h1>`,
    `<p>${escaped(ask)}</p>`,
    `<ul>${done.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`,
    '<p><a href="./">How this phone is set up</a></p>',
  ]);
}
