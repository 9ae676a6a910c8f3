/** Parts of pages that are made from declarations, between two marks; the rest is written by hand. */

const END = '<!-- The end of what is made. -->'
const beginOf = (source: string): string =>
  `<!-- Made by \`npm run describe\` from ${source}: change that, not this. -->`

/** The page with its section as `source` has it now. @throws Error where the page has no place for it. */
export function withSection(page: string, source: string, section: string): string {
  const begin = beginOf(source)
  const from = page.indexOf(begin)
  const to = page.indexOf(END, from)
  if (from < 0 || to < 0) throw new Error(`a page has lost the marks around what is made from ${source}`)
  return `${page.slice(0, from)}${begin}\n\n${section}\n\n${page.slice(to)}`
}
