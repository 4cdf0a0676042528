import type { Capability, Case, Profile } from '@assay/mitm';
import { ableOf, profileOf } from '../profiles.ts';
import type { PhoneOptions } from './options.ts';

interface Kind {
  readonly name: string;
  readonly title: string;
  readonly can: readonly Capability[];
}

/** A lab build trusts the authority and pins its keys; with the app's own leaf key it pins that one alone. */
const TRUSTING: Kind = {
  name: 'phone',
  title: 'An app on a phone, in a build that trusts the authority of the harness and pins its keys',
  can: ['lab-ca', 'lab-key', 'lab-pins', 'http2', 'redirects'],
};

/** Every forged server is a stranger to it, so that only cases say something which need no trust. */
const UNTRUSTING: Kind = {
  name: 'phone-untrusted',
  title: 'An app on a phone, as it is shipped: it does not trust the harness',
  can: ['http2', 'redirects'],
};

/** What is known of the app. A file of `--profile` says it better. */
export function phoneProfile({ profile, can, cannot, untrusted }: PhoneOptions): Profile {
  const { name, title, can: able } = untrusted ? UNTRUSTING : TRUSTING;
  // A profile's command is for `mitm run`; here a person acts.
  const { command: _, ...read } = profileOf({ profile, command: '', can, cannot });
  return profile === undefined ? { ...read, name, title, can: ableOf([...able, ...can], cannot) } : read;
}

/** What a client that does not trust the harness accepts: its real server, passed through. */
export function realControl(control: Case, host: string): Case {
  return {
    ...control,
    title: `${host} itself, passed through untouched`,
    why: 'An app that does not reach its own server, by this proxy and at this time, refuses nothing: it is offline.',
    needs: [],
  };
}
