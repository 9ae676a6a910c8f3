import { MAX_PAGE } from './limits.ts'

type Page = { readonly items: readonly unknown[]; readonly next: string | null }

/** A list whole, page after page: as its last page says, with the items of all. `ask` gets what the query says of the page. */
export async function everyPage<Answer extends Page>(
  ask: (page: { readonly limit: number; readonly next?: string }) => Promise<Answer>,
): Promise<Answer> {
  const items: unknown[] = []
  let last = await ask({ limit: MAX_PAGE })
  items.push(...last.items)
  while (last.next !== null) {
    last = await ask({ limit: MAX_PAGE, next: last.next })
    items.push(...last.items)
  }
  return { ...last, items }
}
