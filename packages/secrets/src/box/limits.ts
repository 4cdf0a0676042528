/** Larger things belong behind an API that the secret opens: a reply carries up to 32 boxes in 128 KiB. */
export const MAX_SECRET_BYTES = 4096;

/** A box of the largest secret, with room for its header. */
export const MAX_BOX_LENGTH = 8192;

const NAME = /^[A-Za-z0-9._-]{1,64}$/;

/** Whether a secret can bear this name: it stands in `sec` before `@`. */
export function isSecretName(text: string): boolean {
  return NAME.test(text);
}
