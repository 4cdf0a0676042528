import { LAB_AUTHORITY, LAB_COMMENT, LAB_PIN } from '../lab/mark.ts';
import type { PinPolicy, PolicyHost, PolicyPin } from '../policy/model.ts';
import { WRITTEN_BY } from './source.ts';
import type { Abilities, LabVariant, Warning, WrittenFile } from './target.ts';

/**
 * The policy as a lab build has it: the lab's authority instead of others, the lab's pins instead of the real ones, and the
 * mark. Names, depths, ends and modes stay, so that what is proven of the lab build is said of the release. Mismatches are
 * told to nobody: a run provokes dozens, and none is news to whoever watches the real app.
 */
export function toLabPolicy({ version, hosts }: PinPolicy, lab: LabVariant, can: Abilities): PinPolicy {
  return { version, debugAuthorities: [], hosts: hosts.map((host) => labHost(host, lab, can)) };
}

function labHost(host: PolicyHost, { pins }: LabVariant, can: Abilities): PolicyHost {
  return {
    ...host,
    pins: [...pins, LAB_PIN].map(labPin),
    reportTo: [],
    // The lab's certificates are in no log.
    certificateTransparency: 'platform-default',
    ...(can.privateTrust ? { trust: { store: 'private', certificates: [LAB_AUTHORITY] } } : {}),
  };
}

/** All of them are keys of leaves; those after the first are not served by a valid server. */
const labPin = (spki: string, index: number): PolicyPin => ({
  ...{ spki, position: 'leaf', certificates: [], role: index === 0 ? 'leaf' : 'backup' },
});

/** Why a target has no lab variant, or nothing. */
export const labRefusals = ({ pins }: Abilities): readonly Warning[] =>
  pins === 'certificate'
    ? [
        {
          message:
            'it compares whole certificates, and the harness makes a new one for each case: there is no lab variant',
        },
      ]
    : [];

const PEM = `${LAB_AUTHORITY}.pem`;

/** What a target does not bring about by its own files. */
export function labWarnings({ privateTrust }: Abilities, files: readonly WrittenFile[]): readonly Warning[] {
  if (privateTrust || files.some(isCertificate)) return [];
  return [
    {
      message: `the lab's authority is trusted by other means: install ${PEM} on the device, or write android-nsc --lab for the same build`,
    },
  ];
}

const isCertificate = ({ path }: WrittenFile): boolean => path.endsWith(PEM);

/** With the authority beside them, where none of the files holds it. */
export const withAuthority = (files: readonly WrittenFile[], { authority }: LabVariant): readonly WrittenFile[] =>
  files.some(isCertificate) ? files : [...files, { path: PEM, text: authority }];

/** Says on top of every file what it is. XML allows no two hyphens in a comment. */
export const labComment = (text: string): string =>
  text.replaceAll(WRITTEN_BY, `${LAB_COMMENT} trusts a test authority, never for a release. ${WRITTEN_BY}`);
