import { pinsPage } from '@assay/pins-page';
import { HIDDEN, type Server } from '@assay/server';

export const PINS_PATH = '/pins/';

/** The page's own policy is in it; what a document cannot say of itself is that nobody may frame it. */
const HEADERS = {
  'content-security-policy': "frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
};

/** The page for pins beside the live page. From source it is bundled at the first visit, so that nobody waits who does not visit. */
export function servePinsPage(app: Server['operatorApp']): void {
  let page: Promise<string> | undefined;
  app.get(PINS_PATH, { schema: HIDDEN }, async (_, reply) => {
    page ??= pinsPage();
    return reply
      .headers(HEADERS)
      .type('text/html; charset=utf-8')
      .send(await page);
  });
}
