import type { Reason } from '@assay/core';

/** Codes about services of vendors, declared with those of the package. */
export const VENDOR_ROWS = {
  'service.vendor_unavailable': {
    family: 'upstream',
    class: 'evidence',
    action: 'retry',
    summary: 'a service of a vendor that this evidence needs did not answer',
    hint: "see the vendor's status page; the policy's `outage` says whether such requests wait or are degraded",
  },
  'service.vendor_not_configured': {
    family: 'config',
    class: 'evidence',
    action: 'retry',
    summary: 'this evidence needs a service or key of a vendor that is not configured',
    hint: 'configure it, see docs/configuration.md, or take the kind of evidence out of the app',
  },
  'service.vendor_refused_us': {
    family: 'config',
    class: 'evidence',
    action: 'retry',
    summary: 'a service of a vendor does not accept our credentials',
    hint: 'compare the keys in the file of `vendorsFile` with those in the console of the vendor',
  },
  'service.vendor_refused_token': {
    family: 'evidence',
    class: 'evidence',
    action: 'retry',
    summary: "the vendor's own service does not take the token for one of its own",
    hint: 'a token of another project or team, an old one, or one that was made up',
  },
  'service.vendor_share_spent': {
    family: 'upstream',
    class: 'evidence',
    action: 'retry',
    summary: "the client's network has used up its share of this hour's calls to a vendor",
    hint: 'a flood from one network, or many phones behind one address: raise the quota at the vendor, or open tokens with keys of your own',
  },
} as const satisfies Readonly<Record<string, Omit<Reason, 'code'>>>;
