import { defineReasons, type Reason } from '@assay/core';

const ROWS = {
  'pins.document_malformed': {
    family: 'request',
    class: 'evidence',
    action: 'retry',
    summary: 'A root document or pin set is not in its form.',
    hint: 'The message names the member; make the document with the command line again.',
  },
  'pins.too_large': {
    family: 'request',
    class: 'evidence',
    action: 'retry',
    summary: 'A signed document is larger than a client reads.',
    hint: 'At most 64 KiB, 256 hosts and 32 root documents in a row.',
  },
  'pins.threshold_not_met': {
    family: 'request',
    class: 'evidence',
    action: 'retry',
    summary: 'Too few distinct keys of the role signed the document.',
    hint: 'Sign with further keys of the role; one key under two names counts once.',
  },
  'pins.wrong_app': {
    family: 'request',
    class: 'evidence',
    action: 'retry',
    summary: 'The document is for another app or environment.',
    hint: 'Publish it where its `app` and `env` belong.',
  },
  'pins.root_out_of_order': {
    family: 'request',
    class: 'evidence',
    action: 'retry',
    summary: 'A root document is not the direct successor of the one before.',
    hint: 'Publish every version; an epoch may rise and never fall.',
  },
  'pins.root_expired': {
    family: 'request',
    class: 'evidence',
    action: 'retry',
    summary: 'The newest root document is past its expiry.',
    hint: 'Sign a new root document with the offline keys.',
  },
  'pins.epoch_mismatch': {
    family: 'request',
    class: 'evidence',
    action: 'retry',
    summary: 'The pin set belongs to another epoch than the root document.',
    hint: 'Sign the set again with the epoch of the root document, or publish the newer root document.',
  },
  'pins.rollback': {
    family: 'request',
    class: 'evidence',
    action: 'retry',
    summary: 'The pin set is older than the one that the app holds.',
    hint: 'Someone serves an old set; publish changes with a higher version only.',
  },
  'pins.equivocation': {
    family: 'request',
    class: 'evidence',
    action: 'retry',
    summary: 'Two pin sets with one epoch and version differ.',
    hint: 'Treat the pins key as stolen until it is known who signed twice: raise the epoch with a new key.',
  },
  'pins.set_not_yet_valid': {
    family: 'request',
    class: 'evidence',
    action: 'retry',
    summary: 'The pin set is not valid yet.',
    hint: 'It becomes valid at its `nbf`.',
  },
  'pins.set_expired': {
    family: 'request',
    class: 'evidence',
    action: 'retry',
    summary: 'The pin set is past its expiry.',
    hint: 'Sign and publish a new set; apps keep to the last one as its `on_expiry` says.',
  },
  'pins.private_key_unusable': {
    family: 'config',
    class: 'evidence',
    action: 'retry',
    summary: 'The private key cannot be read.',
    hint: 'Check it with: openssl pkey -in key.pem -noout -check.',
  },
  'pins.passphrase_needed': {
    family: 'config',
    class: 'evidence',
    action: 'retry',
    summary: 'The input is encrypted.',
    hint: 'Name a file with its passphrase: --passphrase-file FILE.',
  },
  'pins.passphrase_wrong': {
    family: 'config',
    class: 'evidence',
    action: 'retry',
    summary: 'The passphrase does not open the input, or the input is damaged.',
    hint: 'Check the passphrase; a file of it may end in one line feed.',
  },
  'pins.encryption_unsupported': {
    family: 'config',
    class: 'evidence',
    action: 'retry',
    summary: 'The input is encrypted in a way that is not read here.',
    hint: 'Write it anew: openssl pkcs12 -legacy -in old.p12 -nodes | openssl pkcs12 -export -out new.p12.',
  },
  'pins.container_empty': {
    family: 'config',
    class: 'evidence',
    action: 'retry',
    summary: 'The file holds neither a certificate nor a key.',
    hint: 'Give a bundle with the chain of the host in it.',
  },
  'pins.input_unknown': {
    family: 'config',
    class: 'evidence',
    action: 'retry',
    summary: 'The input is no certificate, certificate request, key, or bundle of them.',
    hint: 'Give PEM, DER, PKCS#7 or PKCS#12: a certificate chain, a request, or a key.',
  },
  'pins.request_signature_invalid': {
    family: 'config',
    class: 'evidence',
    action: 'retry',
    summary: 'The certificate request is not signed by its own key.',
    hint: 'Make the request again; a backup pin is worth something only when its key exists.',
  },
  'pins.signer_not_in_role': {
    family: 'config',
    class: 'evidence',
    action: 'retry',
    summary: 'A signing key is not listed for this role in the root document, or too few keys sign.',
    hint: 'Use keys that the root document lists, as many as its threshold asks.',
  },
  'pins.would_brick': {
    family: 'config',
    class: 'evidence',
    action: 'retry',
    summary: 'The pin set would cut apps off, so it is not signed.',
    hint: 'Repair what the findings name; each says what was expected.',
  },
} as const;

export type PinsCode = keyof typeof ROWS;

/** Reason codes of `@assay/pins`. */
export const PINS_REASONS: Readonly<Record<PinsCode, Reason>> = defineReasons(ROWS);
