import { NODE_ROOTS, NODE_ROOTS_SOURCE } from './node-roots.ts';

/** A certificate authority whose key is public knowledge. */
export interface KnownAuthority {
  /** base64 SHA-256 of the SubjectPublicKeyInfo. */
  readonly pin: string;
  readonly name: string;
  /** Who holds the key: authorities of one owner fail together. */
  readonly owner: string;
  /**
   * `rotating`: an intermediate of a pool out of which its owner picks, and which it replaces, without asking anybody.
   * `retired`: expired, or no longer issuing under that key; no server can serve it again.
   */
  readonly status: 'root' | 'rotating' | 'retired';
  /** `yyyy-MM-dd`, where known. */
  readonly notAfter?: string;
  /** Where the pin was read, and when. */
  readonly source: string;
}

/** Organisations that are one owner under several names. */
const OWNERS: Readonly<Record<string, string>> = {
  'COMODO CA Limited': 'Sectigo',
  'The USERTRUST Network': 'Sectigo',
  'Sectigo Limited': 'Sectigo',
  'Google Trust Services LLC': 'Google Trust Services',
  'Internet Security Research Group': "Let's Encrypt",
  'DigiCert, Inc.': 'DigiCert',
  'DigiCert Inc': 'DigiCert',
  'GlobalSign nv-sa': 'GlobalSign',
};

/** Amazon bought this root; its name still says otherwise. */
const AMAZON_NAMES = /^Starfield Services Root/;

const ownerOf = (name: string, organisation: string): string =>
  AMAZON_NAMES.test(name) ? 'Amazon' : (OWNERS[organisation] ?? organisation);

/** A group of authorities read in one place. */
interface Group {
  readonly owner: string;
  readonly status: KnownAuthority['status'];
  readonly source: string;
  readonly members: readonly (readonly [name: string, pin: string, notAfter?: string])[];
}

const CHAINS = 'chains of public servers, 2026-11';
const DEBIAN = 'ca-certificates of Debian, 2026-11';
const PUBLISHED = 'published pin lists that name it, at least two independent ones, 2026-11';

const GROUPS: readonly Group[] = [
  {
    owner: "Let's Encrypt",
    status: 'root',
    source: PUBLISHED,
    members: [
      ['ISRG Root YE', 'sCkq5UWXjg+7mKu9lMhhYF5bGLsy7VI/UNW3tccdR7w='],
      ['ISRG Root YR', 'fk6IOKit1ild5647BH06ujSIq5XbCgqlbYl6ANhhi88='],
    ],
  },
  {
    owner: 'Google Trust Services',
    status: 'root',
    source: DEBIAN,
    members: [['GTS Root R2', 'Vfd95BwDeSQo+NUYxVEEIlvkOlWY2SalKK1lPhzOx78=', '2036-06-22']],
  },
  {
    owner: 'DigiCert',
    status: 'root',
    source: DEBIAN,
    members: [
      ['DigiCert Global Root CA', 'r/mIkG3eEpVdm+u/ko/cwxzOMo1bk4TyHIlByibiA5E=', '2031-11-10'],
      ['DigiCert High Assurance EV Root CA', 'WoiWRyIOVNa9ihaBciRSC7XHjliYS9VwUGOIud4PB18=', '2031-11-10'],
      ['DigiCert Assured ID Root CA', 'I/Lt/z7ekCWanjD0Cvj5EqXls2lOaThEA0H2Bg4BT/o=', '2031-11-10'],
    ],
  },
  {
    owner: 'GlobalSign',
    status: 'root',
    source: DEBIAN,
    members: [['GlobalSign Root CA', 'K87oWBWM9UZfyddvDfoxL+8lpNyoUB2ptGtn0fv6G2Q=', '2028-01-28']],
  },
  {
    owner: "Let's Encrypt",
    status: 'rotating',
    source: PUBLISHED,
    members: [
      ["Let's Encrypt R10", 'K7rZOrXHknnsEhUH8nLL4MZkejquUuIvOIr6tCa0rbo=', '2027-03-12'],
      ["Let's Encrypt R11", 'bdrBhpj38ffhxpubzkINl0rG+UyossdhcBYj+Zx2fcc=', '2027-03-12'],
      ["Let's Encrypt R12", 'kZwN96eHtZftBWrOZUsd6cA4es80n3NzSk/XtYz2EqQ=', '2027-03-12'],
      ["Let's Encrypt R13", 'AlSQhgtJirc8ahLyekmtX+Iw+v46yPYRLJt9Cq1GlB0=', '2027-03-12'],
      ["Let's Encrypt E5", 'NYbU7PBwV4y9J67c4guWTki8FJ+uudrXL0a4V4aRcrg=', '2027-03-12'],
      ["Let's Encrypt E6", '0Bbh/jEZSKymTy3kTOhsmlHKBB32EDu1KojrP3YfV9c=', '2027-03-12'],
      ["Let's Encrypt E7", 'y7xVm0TVJNahMr2sZydE2jQH8SquXV9yLF9seROHHHU=', '2027-03-12'],
      ["Let's Encrypt E8", 'iFvwVyJSxnQdyaUvUERIf+8qk7gRze3612JMwoO3zdU=', '2027-03-12'],
      ["Let's Encrypt YE1", 'brzvtCELCIZUo4sD/qPX0ccRtPsd3DY6RfmxpOU9oB4='],
      ["Let's Encrypt YR2", 'nWN7PSep5XDQdge5zK24CnCRXHr3KvzhKEGxsdqCX9E=', '2028-09-02'],
    ],
  },
  {
    owner: 'Google Trust Services',
    status: 'rotating',
    source: CHAINS,
    members: [
      ['GTS WE1', 'kIdp6NNEd8wsugYyyIYFsi1ylMCED3hZbSR8ZFsa/A4=', '2029-02-20'],
      ['GTS WR2', 'YPtHaftLw6/0vnc2BnNKGF54xiCA28WFcccjkA4ypCM=', '2029-02-20'],
    ],
  },
  {
    owner: 'Google Trust Services',
    status: 'rotating',
    source: PUBLISHED,
    members: [
      ['GTS WE2', 'vh78KSg1Ry4NaqGDV10w/cTb9VH3BQUZoCWNa93W/EY=', '2029-02-20'],
      ['GTS WR1', 'yDu9og255NN5GEf+Bwa9rTrqFQ0EydZ0r1FCh9TdAW4=', '2029-02-20'],
    ],
  },
  {
    owner: 'Amazon',
    status: 'rotating',
    source: CHAINS,
    members: [
      ['Amazon RSA 2048 M01', 'DxH4tt40L+eduF6szpY6TONlxhZhBd+pJ9wbHlQ2fuw=', '2030-08-23'],
      ['Amazon RSA 2048 M04', 'G9LNNAql897egYsabashkzUCTEJkWBzgoEtk8X/678c=', '2030-08-23'],
    ],
  },
  {
    owner: 'Amazon',
    status: 'rotating',
    source: 'one published pin list that names them, 2026-09-06',
    members: [
      ['Amazon RSA 2048 M02', '18tkPyr2nckv4fgo0dhAkaUtJ2hu2831xlO2SKhq8dg='],
      ['Amazon RSA 2048 M03', 'vxRon/El5KuI4vx5ey1DgmsYmRY0nDd5Cg4GfJ8S+bg='],
    ],
  },
  {
    owner: 'DigiCert',
    status: 'rotating',
    source: CHAINS,
    members: [
      ['DigiCert Global CA G2', 'njN4rRG+22dNXAi+yb8e3UMypgzPUPHlv4+foULwl1g=', '2028-08-01'],
      ['DigiCert Global G2 TLS RSA SHA256 2020 CA1', 'Wec45nQiFwKvHtuHxSAMGkt19k+uPSw9JlEkxhvYPHk=', '2031-03-29'],
      ['RapidSSL TLS RSA CA G1', 'E3tYcwo9CiqATmKtpMLW5V+pzIq+ZoDmpXSiJlXGmTo=', '2027-11-02'],
    ],
  },
  {
    owner: "Let's Encrypt",
    status: 'retired',
    source: PUBLISHED,
    members: [
      ["Let's Encrypt Authority X3", 'YLh1dUR9y6Kja30RrAn7JKnbQG/uEtLMkBgFF2Fuihg=', '2021-10-06'],
      ["Let's Encrypt Authority X4", 'sRHdihwgkaib1P1gxX8HFszlD+7/gTfNvuAybgLPNis=', '2021-10-06'],
      ["Let's Encrypt R3", 'jQJTbIh0grw0/1TkHSumWb+Fs0Ggogr621gT3PvPKG0=', '2025-09-15'],
      ["Let's Encrypt E1", 'J2/oqMTsdhFWW/n85tys6b4yDBtb6idZayIEBx7QTxA=', '2025-09-15'],
    ],
  },
  {
    owner: 'IdenTrust',
    status: 'retired',
    source: PUBLISHED,
    members: [['DST Root CA X3', 'Vjs8r4z+80wjNcr1YKepWQboSIRi63WsWXhIMN+eWys=', '2021-09-30']],
  },
  {
    owner: 'DigiCert',
    status: 'retired',
    source: DEBIAN,
    members: [['Baltimore CyberTrust Root', 'Y9mvm0exBk1JoQ57f9Vm28jKo5lFm/woKcVxrYxu80o=', '2025-05-12']],
  },
  {
    owner: 'Amazon',
    status: 'retired',
    source: CHAINS,
    members: [['Amazon Server CA 1B', 'JSMzqOOrtyOT1kmau6zKhgT676hGgczD5VMdRMyJZFA=', '2025-10-19']],
  },
];

function membersOf({ owner, status, source, members }: Group): readonly KnownAuthority[] {
  return members.map(([name, pin, notAfter]) => ({
    pin,
    name,
    owner,
    status,
    ...(notAfter === undefined ? {} : { notAfter }),
    source,
  }));
}

function rootOf(line: string): KnownAuthority {
  const [pin = '', notAfter = '', organisation = '', name = ''] = line.split('|');
  return { pin, name, owner: ownerOf(name, organisation), status: 'root', notAfter, source: NODE_ROOTS_SOURCE };
}

/** Every authority whose pin is known here. No claim is made about keys that are not in it. */
export const KNOWN_AUTHORITIES: readonly KnownAuthority[] = [
  ...NODE_ROOTS.trim().split('\n').map(rootOf),
  ...GROUPS.flatMap(membersOf),
];

const BY_PIN: ReadonlyMap<string, KnownAuthority> = new Map(KNOWN_AUTHORITIES.map((known) => [known.pin, known]));

/** The authority with this key, if it is one that is known here. */
export const knownAuthority = (pin: string): KnownAuthority | undefined => BY_PIN.get(pin);

/** The authority from whose pin one or two characters differ: a slip of the pen, since two keys are never that close. */
export function nearlyKnownAuthority(pin: string): KnownAuthority | undefined {
  if (BY_PIN.has(pin)) return undefined;
  return KNOWN_AUTHORITIES.find((known) => isWithinTwo(known.pin, pin));
}

function isWithinTwo(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let differences = 0;
  for (let index = 0; index < a.length && differences < 3; index += 1) {
    if (a[index] !== b[index]) differences += 1;
  }
  return differences < 3;
}
