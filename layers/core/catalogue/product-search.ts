import type { ProductListed } from '#core/events/product-listed.ts'

/** Words of a search, as they are compared. */
export const wordsOf = (query: string): string[] => folded(query).split(/\s+/).filter(Boolean)

/** Whether each word stands somewhere in what people know the product by. */
export function isFound(listing: Partial<ProductListed>, words: readonly string[]): boolean {
  const { productId, title, brand, category, subCategory, aliases = [] } = listing
  const text = folded([productId, title, brand, category, subCategory, ...aliases].filter(Boolean).join('\n'))
  return words.every((word) => text.includes(word))
}

/** Without case and accents: who types `cafe` means `Café` as well. */
const folded = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
