/** What the platform's parser does with a child element: reads it, or refuses the whole configuration with this problem. */
export type ChildRule = 'read' | { readonly refused: string; readonly message: string };

/** One element of a Network Security Configuration. */
export interface ElementRule {
  readonly attributes: readonly string[];
  /** Elements that are not listed are skipped without a word. */
  readonly children: Readonly<Record<string, ChildRule>>;
}

/** `hstsEnforced` is parsed, and documented nowhere. */
const SCOPE_ATTRIBUTES = ['cleartextTrafficPermitted', 'hstsEnforced'];

const misplaced = (child: string, parent: string): ChildRule => ({
  refused: `${child.replaceAll('-', '_')}_misplaced`,
  message: `${child} is not allowed in ${parent}`,
});

/**
 * The form of the file: AOSP `XmlConfigSource`, with `certificateTransparency` (Android 16), `domainEncryption` (Android 17)
 * and TrustKit's element, which only that library reads.
 */
export const NSC_GRAMMAR = {
  'network-security-config': {
    attributes: [],
    children: { 'base-config': 'read', 'domain-config': 'read', 'debug-overrides': 'read' },
  },
  'base-config': {
    attributes: SCOPE_ATTRIBUTES,
    children: {
      'trust-anchors': 'read',
      certificateTransparency: 'read',
      domainEncryption: 'read',
      domain: misplaced('domain', 'base-config'),
      'pin-set': misplaced('pin-set', 'base-config'),
      'domain-config': misplaced('domain-config', 'base-config'),
    },
  },
  'domain-config': {
    attributes: SCOPE_ATTRIBUTES,
    children: {
      domain: 'read',
      'trust-anchors': 'read',
      'pin-set': 'read',
      'domain-config': 'read',
      certificateTransparency: 'read',
      domainEncryption: 'read',
      'trustkit-config': 'read',
    },
  },
  'debug-overrides': {
    attributes: SCOPE_ATTRIBUTES,
    children: {
      'trust-anchors': 'read',
      certificateTransparency: misplaced('certificateTransparency', 'debug-overrides'),
      domain: misplaced('domain', 'debug-overrides'),
      'pin-set': misplaced('pin-set', 'debug-overrides'),
      'domain-config': misplaced('domain-config', 'debug-overrides'),
    },
  },
  'trust-anchors': { attributes: [], children: { certificates: 'read' } },
  certificates: { attributes: ['src', 'overridePins'], children: {} },
  'pin-set': { attributes: ['expiration'], children: { pin: 'read' } },
  pin: { attributes: ['digest'], children: {} },
  domain: { attributes: ['includeSubdomains'], children: {} },
  certificateTransparency: { attributes: ['enabled'], children: {} },
  domainEncryption: { attributes: ['mode'], children: {} },
  'trustkit-config': {
    attributes: ['enforcePinning', 'disableDefaultReportUri'],
    children: { 'report-uri': 'read' },
  },
  'report-uri': { attributes: [], children: {} },
} as const satisfies Readonly<Record<string, ElementRule>>;

export type NscElementName = keyof typeof NSC_GRAMMAR;

/** Elements whose children make the parser fail instead of being skipped: it expects text and then the end. */
export const TEXT_ONLY: ReadonlySet<NscElementName> = new Set<NscElementName>(['pin', 'domain']);
