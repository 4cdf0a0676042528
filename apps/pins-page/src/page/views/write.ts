import type { WriteWishes, WrittenTarget } from '../../analysis/model.ts';
import { byId, code, copying, doing, el, prose, save } from '../dom.ts';

export interface WriteView {
  wishes(): WriteWishes;
  /** Brings it before the reader's eyes as soon as there is something to see. */
  reveal(): void;
  show(written: readonly WrittenTarget[] | undefined): void;
}

/** The configuration of one target at a time. */
export function createWriteView(changed: () => void): WriteView {
  const select = byId('target', HTMLSelectElement);
  const debug = byId('with-debug', HTMLInputElement);
  const certificates = byId('with-certificates', HTMLInputElement);
  let targets: readonly WrittenTarget[] = [];
  let isAwaited = false;
  const draw = () => {
    const target = targets.find(({ id }) => id === select.value);
    byId('written', HTMLElement).replaceChildren(...(target === undefined ? [] : bodyOf(target)));
  };
  select.addEventListener('input', draw);
  for (const box of [debug, certificates]) box.addEventListener('input', changed);
  return {
    wishes: () => ({ debug: debug.checked, acceptCertificatePins: certificates.checked }),
    reveal() {
      isAwaited = true;
    },
    show(written) {
      byId('write-panel', HTMLElement).hidden = written === undefined;
      targets = written ?? [];
      if (select.options.length === 0)
        select.append(...targets.map(({ id, title }) => el('option', { value: id }, title)));
      draw();
      if (isAwaited && targets.length > 0) {
        isAwaited = false;
        byId('write-panel', HTMLElement).scrollIntoView({ block: 'start' });
        select.focus({ preventScroll: true });
      }
    },
  };
}

function bodyOf({ files, warnings, refusals, caveats }: WrittenTarget): readonly HTMLElement[] {
  const remarks = (texts: readonly string[], kind: string, title: string) =>
    texts.length === 0
      ? []
      : [
          el(
            'div',
            { class: 'remarks', 'data-kind': kind },
            el('b', {}, title),
            el('ul', {}, ...texts.map((text) => el('li', {}, ...prose(text)))),
          ),
        ];
  return [
    ...remarks(refusals, 'refused', 'Nothing is written: it cannot say what the policy says'),
    ...remarks(warnings, 'warning', 'It says this otherwise than the policy'),
    ...files.map(({ path, text }) =>
      el(
        'figure',
        {},
        el(
          'figcaption',
          {},
          el('code', {}, path),
          copying(() => text),
          doing('Save', 'Saved', () => save(path, text)),
        ),
        code(text.trimEnd().split('\n')),
      ),
    ),
    ...remarks(caveats, 'caveat', 'To know'),
  ];
}
