import { byId } from './dom.ts';

export interface Takers {
  files(files: readonly File[]): Promise<void>;
  text(text: string): void;
}

/** Files opened by the button, and files and texts dropped anywhere: a browser would show them in the page's place. */
export function acceptDrops(take: Takers): void {
  const zone = byId('drop', HTMLElement);
  addEventListener('dragover', (event) => {
    event.preventDefault();
    zone.dataset['over'] = '';
  });
  addEventListener('dragleave', () => delete zone.dataset['over']);
  addEventListener('drop', (event) => {
    event.preventDefault();
    delete zone.dataset['over'];
    const files = [...(event.dataTransfer?.files ?? [])];
    const text = event.dataTransfer?.getData('text/plain') ?? '';
    if (files.length > 0) void take.files(files);
    else if (text !== '') take.text(text);
  });
  const choose = byId('choose', HTMLInputElement);
  choose.addEventListener('change', () => {
    const files = [...(choose.files ?? [])];
    choose.value = '';
    void take.files(files);
  });
}
