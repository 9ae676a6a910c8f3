/** Does it for each, so many at once, though it fails for others. @throws AggregateError of all that failed, at the end. */
export async function someAtOnce<T>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const errors: unknown[] = []
  const rest = items.values()
  const turn = async () => {
    for (const item of rest)
      try {
        await work(item)
      } catch (error) {
        errors.push(error)
      }
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, turn))
  if (errors.length > 0) throw new AggregateError(errors, errors.map((error) => String(error)).join('; '))
}

export const oneByOne = <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> =>
  someAtOnce(items, 1, work)
