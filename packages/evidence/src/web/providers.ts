export interface ProviderRow {
  readonly title: string;
  /** Whether text that the page gave to the widget comes back with the provider's answer. */
  readonly carriesBinding: boolean;
  /** Where the page puts it, and what holds where it cannot. */
  readonly note: string;
}

/** What the answers of each provider can say. */
export const CAPTCHA_PROVIDERS = {
  turnstile: {
    title: 'Cloudflare Turnstile',
    carriesBinding: true,
    note: 'the binding goes into `cData` and comes back as `cdata`',
  },
  hcaptcha: {
    title: 'hCaptcha',
    carriesBinding: false,
    note: 'nothing of the page comes back: a solved captcha can be handed to another statement, once',
  },
  recaptcha: {
    title: 'Google reCAPTCHA',
    carriesBinding: false,
    note: '`action` must not name a user and takes no `-`: a solved captcha can be handed to another statement, once',
  },
} as const satisfies Readonly<Record<string, ProviderRow>>;

export type CaptchaProvider = keyof typeof CAPTCHA_PROVIDERS;
