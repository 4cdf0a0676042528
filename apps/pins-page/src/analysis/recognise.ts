import { readDocuments } from '@assay/pin-configs';

/** A form, by what its text shows, and the name under which the readers know it. */
interface Form {
  readonly name: string;
  readonly mark: RegExp;
}

/** How much of a text is looked at: what tells a form stands at its beginning, or near it. */
const LOOKED_AT = 64 << 10;

/** The first row that fits. Marks are single words or short runs, so that a hostile text costs no more than its length. */
const FORMS: readonly Form[] = [
  { name: 'chain.pem', mark: /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/ },
  { name: 'request.csr', mark: /-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----/ },
  { name: 'public-key.pem', mark: /-----BEGIN PUBLIC KEY-----/ },
  { name: 'res/xml/network_security_config.xml', mark: /<network-security-config[\s/>]/ },
  { name: 'AndroidManifest.xml', mark: /<manifest[\s>]/ },
  { name: 'Info.plist', mark: /<plist[\s>]|<!DOCTYPE plist|^bplist/ },
  { name: 'network_config.json', mark: /^\s*\{[\s\S]{0,400}"network-security-config"/ },
  { name: 'package.json', mark: /^\s*\{[\s\S]*"(?:devD|d)ependencies"\s*:/ },
  { name: 'assay.pins.json', mark: /^\s*\{[\s\S]*"spki"\s*:/ },
  { name: 'pins.json', mark: /^\s*(?:\{|\[\s*[{"\]])/ },
  { name: 'assay.pins.yaml', mark: /^version:\s*1\s*$/m },
  { name: 'pubspec.yaml', mark: /^(?:dependencies|dev_dependencies):\s*$/m },
  { name: 'Podfile.lock', mark: /^PODS:/m },
  { name: 'build.gradle.kts', mark: /^\s{0,8}implementation\s?[("']/m },
  { name: 'Pinning.dart', mark: /^import 'package:|\bSecurityContext\b|\bbadCertificateCallback\b/m },
  { name: 'Pinning.cs', mark: /^using System|\bServerCertificateCustomValidationCallback\b/m },
  { name: 'Pinning.m', mark: /^#import |^@(?:implementation|interface)\b|\[\w{1,60} \w{1,60}[\]:]/m },
  {
    name: 'Pinning.swift',
    mark: /^import (?:Foundation|UIKit|Alamofire|TrustKit|Security)\b|\bURLSession\b|\bfunc \w/m,
  },
  {
    name: 'Pinning.java',
    mark: /^import (?:static )?[\w.]{1,100};|\bpublic (?:final )?class\b|\bnew CertificatePinner\b/m,
  },
  { name: 'pinning.ts', mark: /^import .{1,200} from ['"]|\brequire\(['"]|\bconst \w{1,60} ?=/m },
  { name: 'Pinning.kt', mark: /\b(?:fun|val|var) \w|\bCertificatePinner\b/ },
];

/** Names for a text that shows no form of its own: the first language in which it says something about TLS or pins. */
const LANGUAGES: readonly string[] = ['kt', 'swift', 'java', 'm', 'ts', 'dart', 'cs', 'ets'];

/** The name under which a pasted text is read; `undefined` when it shows no form. A reader may give it another. */
export function recognise(text: string): string | undefined {
  const head = text.slice(0, LOOKED_AT);
  return FORMS.find(({ mark }) => mark.test(head))?.name ?? byReading(head);
}

function byReading(head: string): string | undefined {
  const bytes = new TextEncoder().encode(head);
  const names = LANGUAGES.map((ending) => `Pinning.${ending}`);
  return names.find((name) => readDocuments(name, bytes).length > 0);
}
