/** 'net-revenue-by-minute-2026-03-03T1405Z.csv': sorts by time, and every file system takes it. `at`: an instant. */
export function fileNameOf(title: string, at: string | undefined, extension: string): string {
  const end = at === undefined ? 'empty' : `${at.slice(0, 16).replace(':', '')}Z`
  const name = title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
  return `${name}-${end}.${extension}`
}

export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The browser has taken hold of the content by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
