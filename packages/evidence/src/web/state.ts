import type { CaptchaProvider } from './providers.ts';

/** What a provider said about one solved captcha, read by its client. */
export interface WebAnswer {
  readonly passed: boolean;
  readonly hostname: string | undefined;
  readonly action: string | undefined;
  /** What the page gave to the widget, where the provider carries it. */
  readonly bound: string | undefined;
  /** Epoch milliseconds. */
  readonly solvedAt: number | undefined;
}

export interface WebInput {
  readonly provider: CaptchaProvider;
  readonly answer: WebAnswer;
  /** The text that the captcha must be solved for. */
  readonly binding: string;
  /** Hosts on which it may be solved, exact, lower case. */
  readonly hosts: readonly string[];
  /** The action that the widget must have been rendered with; left out where the site uses none. */
  readonly action?: string | undefined;
}

export interface WebContext {
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface WebState {
  readonly input: WebInput;
  readonly at: number;
}
