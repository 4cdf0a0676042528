/** Does all of it, at most `width` at once, begun in their order. What comes back is in that order too. */
export async function sideBySide<T, R>(items: readonly T[], width: number, act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of waiting) results[index] = await act(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
