import type { Page } from './browser.ts';

/** Runs in the page: every text against the colour behind it, by WCAG 2.2, success criterion 1.4.3. */
const SCRIPT = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const read = (color, under) => {
    canvas.fillStyle = under;
    canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const css = ([r, g, b]) => 'rgb(' + r + ' ' + g + ' ' + b + ')';
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) =>
    element === null ? [255, 255, 255] : read(getComputedStyle(element).backgroundColor, css(groundOf(element.parentElement)));
  const faults = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() === '' || !element.checkVisibility()) continue;
    const ground = groundOf(element);
    const text = read(getComputedStyle(element).color, css(ground));
    const [dark, light] = [luminance(ground), luminance(text)].sort((a, b) => a - b);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < 4.5) faults.add(element.tagName + '.' + element.className + ' ' + ratio.toFixed(2));
  }
  return [...faults];
})()`;

/** Texts with less contrast than 4.5 to 1, as element, class and ratio. */
export function contrastFaults(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(SCRIPT);
}
