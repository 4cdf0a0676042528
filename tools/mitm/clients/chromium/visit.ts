// Makes the requests of one case in a browser that is running already: a profile of its own, behind the case's proxy.
import { follow, orderOf } from '../node/order.ts';
import { chromium } from './browser.ts';

const PATIENCE_MS = 6_000;

const order = orderOf(process.env, { 'web-view': 'ASSAY_URL' });
const browser = await (await chromium()).connect(process.env['ASSAY_CLIENT_BROWSER'] ?? '');
const server = process.env['HTTPS_PROXY'];
const context = await browser.newContext(server === undefined ? {} : { proxy: { server } });
const page = await context.newPage();

await follow(order, async (url, step) => {
  if (step === 'websocket') return `${await page.evaluate(opening(url.replace(/^http/, 'ws')))}`;
  return `${(await page.goto(url, { timeout: PATIENCE_MS }))?.status()}`;
});
await context.close();
await browser.close();

function opening(url: string): string {
  return `new Promise((resolve, reject) => {
  const socket = new WebSocket(${JSON.stringify(url)});
  socket.onopen = () => resolve('opened');
  socket.onerror = () => reject(new Error('no web socket'));
})`;
}
