import type { Appraisal, Order, Reappraisal, RejectionSample, Tier } from '@assay/core';

/** What the server tells the console, the metrics and the live page: one stream for all of them. */
export type ServiceEvent =
  | {
      readonly type: 'appraisal';
      readonly appraisal: Appraisal;
      readonly result: 'ok' | 'refused';
      /** Milliseconds by phase, with those that ended after the appraisal was written. */
      readonly timings: Readonly<Record<string, number>>;
    }
  | {
      /** A stored appraisal that was judged again, because something that it rested on was revoked. */
      readonly type: 'reappraisal';
      readonly reappraisal: Reappraisal;
      readonly app: string;
      /** Tier of the appraisal. */
      readonly before: Tier;
    }
  | { readonly type: 'rejection'; readonly rejection: RejectionSample }
  | { readonly type: 'challenge'; readonly iss: string; readonly purpose: 'enrol' | 'refresh' }
  | { readonly type: 'token'; readonly iss: string; readonly platform: string; readonly assurance: string }
  /** A policy that is only watched would have decided otherwise. */
  | {
      readonly type: 'disagreement';
      readonly iss: string;
      readonly app: string;
      readonly enforced: string;
      readonly shadow: string;
      /** What the shadow would have done. */
      readonly would: 'pass' | 'refuse';
    }
  /** A shadow policy does not hold. */
  | {
      readonly type: 'shadow_fault';
      readonly iss: string;
      readonly app: string;
      readonly policy: string;
      readonly code: string;
    }
  /** An attestation came with a receipt that is not Apple's, or is another key's. */
  | { readonly type: 'receipt_refused'; readonly iss: string; readonly app: string; readonly code: string }
  /** The mark of a ban was set on a device at its vendor, or taken back; or the vendor did not take it. */
  | {
      readonly type: 'ban_mark';
      readonly iss: string;
      readonly app: string;
      readonly lineage: string;
      readonly vendor: 'device_check' | 'device_recall';
      readonly outcome: 'set' | 'cleared' | 'failed';
      /** Of a failure. */
      readonly code?: string;
    }
  /** A rule of the policy banned. */
  | { readonly type: 'ban'; readonly order: Order }
  | { readonly type: 'delivery'; readonly iss: string; readonly secret: string; readonly delivered: boolean };

export interface EventBus {
  emit(event: ServiceEvent): void;
  /** Returns the function that unsubscribes. A listener that throws is dropped: it must never touch a decision. */
  subscribe(listener: (event: ServiceEvent) => void): () => void;
}

export function createEventBus(): EventBus {
  const listeners = new Set<(event: ServiceEvent) => void>();
  return {
    emit(event) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch {
          listeners.delete(listener);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
